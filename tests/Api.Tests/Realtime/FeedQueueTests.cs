using Waqtor.Api.Realtime;
using Waqtor.Events;

namespace Waqtor.Api.Tests.Realtime;

public sealed class FeedQueueTests
{
    private static readonly FeedListener Listener = new(null!, FeedRoom.Everyone);

    [Fact]
    public void TryAdd_OverTheBound_FoldsProgressToTheLast()
    {
        var sut = new FeedQueue(4_000, 8_000);
        for (var i = 1; i <= 100; i++) sut.TryAdd(Listener, Frame(i, "campaign.progress")).ShouldBeTrue();

        Sequences(sut)[^1].ShouldBe(100);
        sut.Folded.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void TryAdd_OverTheBound_LeavesOtherEventsInOrder()
    {
        var sut = new FeedQueue(4_000, 8_000);
        var sequence = 0;
        while (sut.TryAdd(Listener, Frame(++sequence, sequence % 2 == 0 ? "job:progress" : "message.received")))
        {
        }

        var kept = Sequences(sut);
        kept.Where(one => one % 2 == 1).ShouldBe(Enumerable.Range(0, sequence).Select(i => (i * 2) + 1L).TakeWhile(one => one < sequence));
        kept.Count(one => one % 2 == 0).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void TryAdd_HighPriority_HasMoreRoom()
    {
        var sut = new FeedQueue(4_000, 8_000);
        var sequence = 0;
        while (sut.TryAdd(Listener, Frame(++sequence, "message.received")))
        {
        }

        sut.TryAdd(Listener, Frame(++sequence, EventNames.SystemError)).ShouldBeTrue();
    }

    [Fact]
    public void TryAdd_LargerThanTheQueue_GoesToAReaderWhoIsNotBehind()
    {
        var sut = new FeedQueue(1_000, 2_000);
        sut.TryAdd(Listener, Frame(1, "message.received", padding: 5_000)).ShouldBeTrue();
        sut.TryAdd(Listener, Frame(2, "message.received")).ShouldBeFalse();
    }

    private static List<long> Sequences(FeedQueue queue)
    {
        var sequences = new List<long>();
        while (queue.TryTake(out var entry)) sequences.Add(entry.Frame!.Sequence);
        return sequences;
    }

    private static FeedFrame Frame(long sequence, string name, int padding = 0) => new(
        new FeedEvent(new DomainEvent
        {
            Id = $"evt_{sequence}",
            Name = name,
            At = DateTimeOffset.UnixEpoch,
            Instance = "shop",
            NoticeJson = $$"""{"text":"{{new string('x', padding)}}"}""",
        }),
        "job:1", "0123456789abcdef", sequence);
}
