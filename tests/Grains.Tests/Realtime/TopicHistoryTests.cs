using System.Collections.Immutable;
using Waqtor.Events;
using Waqtor.Realtime;

namespace Waqtor.Grains.Tests.Realtime;

public sealed class TopicHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Add_SeenId_GetsNoSequence()
    {
        var sut = new TopicHistory("e1", new TopicOptions());

        sut.Add(Events(1, 2), Start).Select(one => one.Sequence).ShouldBe([1, 2]);
        sut.Add(Events(2, 3), Start).Select(one => (one.Sequence, one.Event.Id)).ShouldBe([(3, "evt_3")]);
    }

    [Fact]
    public void Read_CursorInHistory_IsRecoveredPageByPage()
    {
        var sut = new TopicHistory("e1", new TopicOptions());
        sut.Add(Events([.. Enumerable.Range(1, 10)]), Start);

        var page = sut.Read("e1", 4, 3, Start);

        page.Recovered.ShouldBeTrue();
        page.LastSequence.ShouldBe(10);
        page.Events.Select(one => one.Sequence).ShouldBe([5, 6, 7]);
        sut.Read("e1", 10, 3, Start).Recovered.ShouldBeTrue();
        sut.Read("e1", 10, 3, Start).Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("e0", 5)]
    [InlineData("e1", 3)]
    [InlineData("e1", 11)]
    [InlineData("e1", -1)]
    public void Read_CursorThatCannotBeContinued_IsNotRecovered(string epoch, long sequence)
    {
        var sut = new TopicHistory("e1", new TopicOptions { HistoryEventsMax = 6 });
        sut.Add(Events([.. Enumerable.Range(1, 10)]), Start);

        var page = sut.Read(epoch, sequence, 100, Start);

        page.Recovered.ShouldBeFalse();
        page.Events.ShouldBeEmpty();
        page.LastSequence.ShouldBe(10);
    }

    [Fact]
    public void Read_NoEpoch_GivesTheNewest()
    {
        var sut = new TopicHistory("e1", new TopicOptions());
        sut.Add(Events([.. Enumerable.Range(1, 10)]), Start);

        sut.Read(null, 0, 2, Start).Events.Select(one => one.Sequence).ShouldBe([9, 10]);
        sut.Read(null, 0, 0, Start).LastSequence.ShouldBe(10);
    }

    [Fact]
    public void Read_EverythingTooOld_KeepsThePlaceOfWhoHadItAll()
    {
        var sut = new TopicHistory("e1", new TopicOptions { HistoryMinutes = 10 });
        sut.Add(Events(1, 2, 3), Start);

        sut.Read("e1", 3, 10, Start.AddHours(1)).Recovered.ShouldBeTrue();
        sut.Read("e1", 2, 10, Start.AddHours(1)).Recovered.ShouldBeFalse();
    }

    [Fact]
    public void Add_LargeEvents_AreBoundedByBytes()
    {
        var sut = new TopicHistory("e1", new TopicOptions { HistoryBytesMax = 100_000 });
        var large = Events([.. Enumerable.Range(1, 20)]).Select(one => one with { NoticeJson = new string('x', 10_000) });
        sut.Add([.. large], Start);

        sut.Read(null, 0, 100, Start).Events.Length.ShouldBe(4);
    }

    private static ImmutableArray<DomainEvent> Events(params int[] numbers) =>
    [
        .. numbers.Select(i => new DomainEvent { Id = $"evt_{i}", Name = "test", At = Start, Instance = "shop" }),
    ];
}
