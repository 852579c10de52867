using System.Collections.Immutable;
using Waqtor.Archive;
using Waqtor.Events;

namespace Waqtor.Grains.Tests.Archive;

public sealed class ArchiveQueueTests
{
    [Fact]
    public void Take_ManyCallers_ShareAWriteUpToItsLimit()
    {
        var sut = new ArchiveQueue(writeEventsMax: 10, queueEventsMax: 100);
        for (var i = 0; i < 5; i++) sut.Enqueue(Events(4)).ShouldNotBeNull();

        sut.Take().Count.ShouldBe(2);
        sut.Take().Count.ShouldBe(2);
        sut.Take().Count.ShouldBe(1);
        sut.Events.ShouldBe(0);
    }

    [Fact]
    public void Take_CallerLargerThanAWrite_GoesAlone()
    {
        var sut = new ArchiveQueue(writeEventsMax: 10, queueEventsMax: 100);
        sut.Enqueue(Events(25));
        sut.Enqueue(Events(1));

        sut.Take().Single().Events.Length.ShouldBe(25);
    }

    [Fact]
    public void Enqueue_FullQueue_Refuses()
    {
        var sut = new ArchiveQueue(writeEventsMax: 10, queueEventsMax: 10);
        sut.Enqueue(Events(8)).ShouldNotBeNull();

        sut.Enqueue(Events(3)).ShouldBeNull();
        sut.Enqueue(Events(2)).ShouldNotBeNull();
    }

    [Fact]
    public void Failed_Callers_GetTheErrorAndOthersDoNot()
    {
        var sut = new ArchiveQueue(writeEventsMax: 2, queueEventsMax: 10);
        var first = sut.Enqueue(Events(2))!;
        var second = sut.Enqueue(Events(2))!;

        sut.Failed(sut.Take(), new InvalidOperationException("disk full"));
        sut.Succeeded(sut.Take());

        first.Exception!.InnerException!.Message.ShouldBe("disk full");
        second.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Failed_OneBadCaller_EndsUpFailingAlone()
    {
        var sut = new ArchiveQueue(writeEventsMax: 1_000, queueEventsMax: 10_000);
        var written = 0;
        for (var round = 0; round < 10; round++)
        {
            var tasks = Enumerable.Range(0, 64).Select(i => (Bad: i == 17, Task: sut.Enqueue(Events(1, i == 17 ? "bad" : "good"))!)).ToArray();
            while (sut.Callers > 0)
            {
                var callers = sut.Take();
                if (callers.Any(caller => caller.Events[0].Name == "bad")) sut.Failed(callers, new InvalidOperationException());
                else sut.Succeeded(callers);
            }

            written = tasks.Count(one => !one.Bad && one.Task.IsCompletedSuccessfully);
        }

        written.ShouldBeGreaterThan(45);
    }

    [Fact]
    public void Of_Key_IsTheSameForEver()
    {
        ArchiveShard.Of("cnv_0f3a", 4).ShouldBe(ArchiveShard.Of("cnv_0f3a", 4));
        Enumerable.Range(0, 1_000).Select(i => ArchiveShard.Of($"cnv_{i}", 4)).Distinct().Count().ShouldBe(4);
        ArchiveShard.Of("", 4).ShouldBeInRange(0, 3);
    }

    private static ImmutableArray<DomainEvent> Events(int count, string name = "test") =>
    [
        .. Enumerable.Range(0, count).Select(i => new DomainEvent
        {
            Id = $"evt_{i}", Name = name, At = DateTimeOffset.UnixEpoch, Instance = "shop",
        }),
    ];
}
