using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Waqtor.Archive;
using Waqtor.Conversations;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class OrphanWatchTests : IAsyncLifetime
{
    private readonly Asked _asked = new();
    private ConversationCluster _sut = null!;

    public async Task InitializeAsync() =>
        _sut = await ConversationCluster.StartAsync(services => services.AddSingleton<IIncomingGrainCallFilter>(_asked));

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Fact]
    public async Task Look_HealthySystem_FindsNothing()
    {
        var watch = _sut.Cluster.Grains.GetGrain<IOrphanWatchGrain>(0);
        await watch.StartAsync();
        await _sut.BurstAsync(3);

        await _sut.AfterAsync(30);

        var report = await watch.GetAsync();
        report.LastRoundAt.ShouldNotBeNull();
        report.Redriven.ShouldBe(0);
    }

    [Fact]
    public async Task Look_OneConversationFails_AsksThoseBehindIt()
    {
        Suspect(3);
        _asked.Fails = Name(0);
        await _sut.Cluster.Grains.GetGrain<IOrphanWatchGrain>(0).StartAsync();

        await _sut.AfterAsync(16);

        _asked.Conversations.ShouldBe([Name(0), Name(1), Name(2)]);
        (await _sut.Cluster.Grains.GetGrain<IOrphanWatchGrain>(0).GetAsync()).LastRoundAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Look_MoreSuspectsThanARoundAsks_AsksTheOthersInTheNextAndThenTheFirstAgain()
    {
        Suspect(502);
        await _sut.Cluster.Grains.GetGrain<IOrphanWatchGrain>(0).StartAsync();

        await _sut.AfterAsync(15 + 5);
        _asked.Conversations.Length.ShouldBe(502);
        _asked.Conversations.Skip(499).ShouldBe([Name(499), Name(500), Name(501)]);
        await _sut.AfterAsync(5);

        _asked.Conversations.Length.ShouldBe(502 + 500);
        _asked.Conversations[502].ShouldBe(Name(0));
    }

    // Long overdue as far as the archive knows; pairs of the same time.
    private void Suspect(int count) => _sut.Archive.Overdue =
        [.. Enumerable.Range(0, count).Select(i => new OverdueBatch($"bat_{i:0000}", Name(i), _sut.Start.AddHours(-1).AddSeconds(i / 2)))];

    private static string Name(int i) => $"suspect-{i:0000}";

    /// <summary>Answers for the suspects that they are busy, and remembers who was asked.</summary>
    private sealed class Asked : IIncomingGrainCallFilter
    {
        private readonly ConcurrentQueue<string> _conversations = new();

        public string? Fails { get; set; }

        public string[] Conversations => [.. _conversations];

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName != nameof(IConversationGrain.RedriveAsync)) return context.Invoke();
            var name = context.TargetId.Key.ToString()!;
            _conversations.Enqueue(name);
            if (name == Fails) throw new InvalidOperationException("This one always fails.");
            context.Result = false;
            return Task.CompletedTask;
        }
    }
}
