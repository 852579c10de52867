using System.Collections.Immutable;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Realtime;

namespace Waqtor.Grains.Tests.Events;

public sealed class EventRouterGrainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private WaqtorCluster _cluster = null!;

    private IEventRouterGrain Sut => _cluster.Grain<IEventRouterGrain>(0);

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task RouteAsync_Events_AreArchivedAndReachTheirTopicsInOrder()
    {
        var hints = new List<TopicPage>();
        await _cluster.SubscribeAsync<TopicPage>(TopicStreams.Provider, TopicStreams.Namespace, "messages", hints.Add);

        for (var i = 0; i < 50; i++) await Sut.RouteAsync([Event(i, "cnv_1"), Event(100 + i, "cnv_1")]);

        _cluster.Archive.Events.Count.ShouldBe(100);
        var topic = _cluster.Grain<ITopicGrain>("messages");
        await _cluster.WhenIdleAsync();
        var page = await topic.ReadAsync(null, 0, 1_000);
        page.Events.Select(one => one.Event.Id).ShouldBe(
            Enumerable.Range(0, 50).SelectMany(i => new[] { $"evt_{i}", $"evt_{100 + i}" }));
        (await _cluster.Grain<ITopicGrain>("instance:shop").ReadAsync(page.Epoch, 0, 10)).Recovered.ShouldBeFalse();
        await _cluster.WhenIdleAsync();
        hints.SelectMany(hint => hint.Events).Select(one => one.Sequence).ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
    }

    [Fact]
    public async Task RouteAsync_ArchiveDown_ThrowsAndTellsNobody()
    {
        _cluster.Archive.IsDown = true;

        await Should.ThrowAsync<IOException>(() => Sut.RouteAsync([Event(1, "cnv_1")]));

        (await _cluster.Grain<ITopicGrain>("messages").ReadAsync(null, 0, 0)).LastSequence.ShouldBe(0);
    }

    [Fact]
    public async Task RouteAsync_ManyCallersWhileAWriteRuns_ShareTheNext()
    {
        var gate = new TaskCompletionSource();
        _cluster.Archive.Gate = gate.Task;
        var calls = Enumerable.Range(0, 200).Select(i => Sut.RouteAsync([Event(i, "cnv_1")])).ToArray();
        await _cluster.WhenIdleAsync();
        calls.ShouldAllBe(call => !call.IsCompleted);

        gate.SetResult();
        await Task.WhenAll(calls);

        _cluster.Archive.Events.Count.ShouldBe(200);
        _cluster.Archive.Writes.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task RouteAsync_EventsOfManyConversations_AllArrive()
    {
        await Sut.RouteAsync([.. Enumerable.Range(0, 300).Select(i => Event(i, $"cnv_{i}"))]);

        _cluster.Archive.Events.Count.ShouldBe(300);
    }

    private static DomainEvent Event(int i, string conversationId) => new()
    {
        Id = $"evt_{i}", Name = EventNames.MessageReceived, At = At, Instance = "shop", ConversationId = conversationId,
    };
}
