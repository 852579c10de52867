using System.Data.Common;
using Waqtor.Events;

namespace Waqtor.Archive.Tests;

/// <summary>The suite that every database of the archive must pass; a class per subject, inherited once per database.</summary>
public abstract class ArchiveConformance(ITestDatabase database) : IAsyncLifetime
{
    private ArchiveUnderTest? _archive;

    protected ITestDatabase Database => database;

    protected Dictionary<string, string?> Settings { get; private set; } = [];

    protected ArchiveUnderTest Archive => _archive!;

    protected IArchiveQueries Queries => Archive.Queries;

    public async Task InitializeAsync()
    {
        Settings = await database.CreateAsync();
        foreach (var (key, value) in MoreSettings) Settings[key] = value;
        _archive = await ArchiveUnderTest.StartAsync(Settings);
    }

    public async Task DisposeAsync()
    {
        if (_archive is not null) await _archive.DisposeAsync();
        await database.DisposeAsync();
    }

    protected virtual Dictionary<string, string?> MoreSettings => [];

    /// <summary>Appends them in one call.</summary>
    protected Task AppendAsync(params DomainEvent[] events) => Archive.Writer.AppendAsync(events);

    /// <summary>Stops the archive and starts it again on the same database.</summary>
    protected async Task RestartAsync()
    {
        await Archive.DisposeAsync();
        _archive = await ArchiveUnderTest.StartAsync(Settings);
    }

    protected async Task<T> WithConnectionAsync<T>(Func<DbConnection, Task<T>> use)
    {
        await using var connection = await database.ConnectAsync();
        return await use(connection);
    }
}
