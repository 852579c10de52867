using Waqtor.Conversations;
using Waqtor.Events;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>What one conversation hands over to another, decided without grains.</summary>
public sealed class JoiningDecisionTests
{
    private readonly BookFixture _sut = new();
    private readonly BookFixture _other = new();

    [Fact]
    public void TakeOver_Twice_AddsNothingMore()
    {
        _sut.Receive(providerMessageId: "a");
        _other.Receive(providerMessageId: "b");
        var memory = _other.State.ToMemory();

        _sut.Do(book => book.TakeOver(memory, []));
        _sut.Do(book => book.TakeOver(memory, []));

        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["a", "b"]);
        _sut.State.Seen.Days.Single().Hashes.Length.ShouldBe(2 * sizeof(long));
        _sut.State.AcceptedSends.ShouldBeEmpty();
    }

    [Fact]
    public void TakeOver_AnsweredThereMeanwhile_IsNotAnsweredHere()
    {
        _sut.Receive(providerMessageId: "a");
        _other.Receive(providerMessageId: "b");
        HashSet<string> taken = [];
        _sut.State.Buffer!.Messages[0] = _sut.State.Buffer.Messages[0] with { Id = "msg_own" };
        _sut.Do(book => book.TakeOver(_other.State.ToMemory(), taken));
        for (var i = 0; i < 4; i++) _other.Receive();
        _other.Reply("an answer");

        _sut.Do(book => book.TakeOver(_other.State.ToMemory(), taken));

        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["a"]);
        taken.ShouldBeEmpty();
        _sut.State.Seen.Contains("m4").ShouldBeTrue();
    }

    [Fact]
    public void TakeOver_IdsOfManyDays_AreKeptByTheirDayWithinTheBounds()
    {
        for (var day = 0; day < 12; day++)
        {
            (day % 2 == 0 ? _sut : _other).State.Seen.Add($"day {day}", BookFixture.Start.AddDays(day), 20_000);
            _other.State.Seen.Add($"other {day}", BookFixture.Start.AddDays(day), 20_000);
        }

        var memory = _other.State.ToMemory();
        _sut.State.Seen.TakeOver(memory.Seen, BookFixture.Start.AddDays(11), 20_000);

        _sut.State.Seen.Days.Select(day => day.Day).ShouldBe(Enumerable.Range(_sut.State.Seen.Days[^1].Day - 8, 9));
        Enumerable.Range(3, 9).ShouldAllBe(day => _sut.State.Seen.Contains($"day {day}") && _sut.State.Seen.Contains($"other {day}"));
        _sut.State.Seen.TakeOver(memory.Seen, BookFixture.Start.AddDays(11), 4);
        _sut.State.Seen.Days.Sum(day => day.Hashes.Length).ShouldBeLessThanOrEqualTo(4 * sizeof(long));
        _sut.State.Seen.Contains("other 11").ShouldBeTrue("the oldest go first");
    }

    [Theory]
    [InlineData(null, 60, 60)]
    [InlineData(60, null, 60)]
    [InlineData(30, 60, 60)]
    [InlineData(60, 30, 60)]
    [InlineData(int.MaxValue, 30, int.MaxValue)]
    [InlineData(30, int.MaxValue, int.MaxValue)]
    [InlineData(null, -30, null)]
    public void TakeOver_Pauses_TheLongerHolds(int? own, int? other, int? holds)
    {
        _sut.Receive();
        _other.Receive();
        _sut.State.Pause = Pause(own);
        _other.State.Pause = Pause(other);

        _sut.Do(book => book.TakeOver(_other.State.ToMemory(), []));

        _sut.State.Pause?.Until.ShouldBe(Pause(holds)?.Until);
        (_sut.State.Pause is null).ShouldBe(holds is null);

        static PauseState? Pause(int? minutes) => minutes switch
        {
            null => null,
            int.MaxValue => new PauseState(BookFixture.Start, null),
            { } some => new PauseState(BookFixture.Start, BookFixture.Start.AddMinutes(some)),
        };
    }

    [Fact]
    public void MoveAway_LeavesNothingToAnswerAndForgetsNoSend()
    {
        for (var i = 0; i < 6; i++) _sut.Receive();
        _sut.Do(book => book.QueueText("by hand", Waqtor.Messages.MessageAuthor.Person));

        _sut.Do(book => book.MoveAway("cnv_counts", new PauseState(_sut.Now, null), null));

        _sut.State.MovedTo.ShouldBe("cnv_counts");
        (_sut.State.Buffer, _sut.State.Batches.Count, _sut.State.Outgoing.Count, _sut.State.Pause).ShouldBe((null, 0, 1, null));
        _sut.State.Outbox.Where(one => one.Name == EventNames.BatchCompleted).Select(one => one.Batch!.Outcome).ShouldBe(["moved", "moved"]);
    }
}
