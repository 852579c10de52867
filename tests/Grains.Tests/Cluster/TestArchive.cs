using Waqtor.Archive;
using Waqtor.Events;

namespace Waqtor.Grains.Tests.Cluster;

/// <summary>An archive in memory that can be down or slow.</summary>
internal sealed class TestArchive : IArchiveWriter
{
    private readonly Lock _gate = new();
    private readonly List<DomainEvent> _events = [];
    private readonly HashSet<string> _ids = [];

    public bool IsDown { get; set; }

    /// <summary>Awaited before each write.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Transactions so far.</summary>
    public int Writes { get; private set; }

    /// <summary>Without repetitions, in order of arrival.</summary>
    public IReadOnlyList<DomainEvent> Events
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    public IReadOnlyList<string> Names => [.. Events.Select(one => one.Name)];

    /// <summary>The one event of this name.</summary>
    public DomainEvent Single(string name) => Events.Where(one => one.Name == name).ShouldHaveSingleItem();

    public async Task AppendAsync(IReadOnlyList<DomainEvent> events, CancellationToken cancellationToken = default)
    {
        await Gate;
        if (IsDown) throw new IOException("The archive is down, as the test asked.");
        lock (_gate)
        {
            Writes++;
            _events.AddRange(events.Where(one => _ids.Add(one.Id)));
        }
    }
}
