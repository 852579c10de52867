using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Waqtor.Messages;
using static Waqtor.Messages.MessageStatus;

namespace Waqtor.Grains.Tests.Messages;

public sealed class MessageStatusMergeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageError Undeliverable = new("131026", "Message undeliverable");
    private static readonly MessageError Blocked = new("131049", "Not delivered");

    [Theory]
    [InlineData(Pending, Sent, Sent)]
    [InlineData(Sent, Delivered, Delivered)]
    [InlineData(Delivered, Read, Read)]
    [InlineData(Sent, Read, Read)]
    [InlineData(Delivered, Sent, Delivered)]
    [InlineData(Read, Delivered, Read)]
    [InlineData(Pending, Failed, Failed)]
    [InlineData(Sent, Failed, Failed)]
    [InlineData(Delivered, Failed, Delivered)]
    [InlineData(Read, Failed, Read)]
    [InlineData(Failed, Sent, Failed)]
    [InlineData(Failed, Delivered, Delivered)]
    [InlineData(Failed, Read, Read)]
    public void Apply_Status_OnlyRisesAndFailureYieldsToProof(MessageStatus current, MessageStatus change, MessageStatus expected)
    {
        var sut = Apply(current, [], [], Change(change, 1));

        sut.Status.ShouldBe(expected);
        sut.IsNews.ShouldBe(expected != current);
    }

    [Fact]
    public void Apply_LateStatus_IsKeptInTheHistoryByItsTime()
    {
        var sut = Apply(Sent, [], [], Change(Delivered, 5));

        var late = Apply(sut.Status, sut.History, sut.Errors, Change(Sent, 1));

        late.IsNews.ShouldBeFalse();
        late.IsChanged.ShouldBeTrue();
        late.History.Select(line => line.Status).ShouldBe([Sent, Delivered]);
    }

    [Fact]
    public void Apply_SameStatusAndTime_ChangesNothing()
    {
        var sut = Apply(Sent, [], [], Change(Delivered, 5));

        var again = Apply(sut.Status, sut.History, sut.Errors, Change(Delivered, 5));

        again.IsChanged.ShouldBeFalse();
        again.History.Length.ShouldBe(1);
    }

    [Fact]
    public void Apply_FailedAgainForAnotherReason_KeepsAllReasonsAndIsNews()
    {
        var sut = Apply(Sent, [], [], Change(Failed, 1, Undeliverable));

        var again = Apply(sut.Status, sut.History, sut.Errors, Change(Failed, 2, Undeliverable, Blocked));

        again.Errors.ShouldBe([Undeliverable, Blocked]);
        again.IsNews.ShouldBeTrue();
    }

    [Fact]
    public void Apply_MoreLinesThanKept_KeepsTheLastOfEachStatus()
    {
        var options = new MessageStatusOptions { HistoryMax = 10 };
        var sut = Apply(Pending, [], [], Change(Sent, 0), options);
        sut = Apply(sut.Status, sut.History, sut.Errors, Change(Read, 1), options);
        for (var i = 2; i < 100; i++) sut = Apply(sut.Status, sut.History, sut.Errors, Change(Delivered, i), options);

        sut.History.Length.ShouldBe(10);
        sut.History[0].Status.ShouldBe(Sent);
        sut.History[1].Status.ShouldBe(Read);
        sut.History[^1].At.ShouldBe(Start.AddSeconds(99));
    }

    [Fact]
    public void Apply_AnyOrderOfTheSameStatuses_EndsTheSame()
    {
        var changes = Gen.Choose(0, 4).Select(i => (MessageStatus)(i + 1)).ListOf().Select(list => list.ToArray());
        var orders = Gen.Zip(changes, Gen.Choose(0, int.MaxValue - 1)).ToArbitrary();

        Prop.ForAll(orders, pair =>
        {
            var timed = pair.Item1.Select((status, i) => Change(status, i)).ToArray();
            var shuffled = timed.ToArray();
            new Random(pair.Item2).Shuffle(shuffled);
            var one = Fold(timed);
            var other = Fold(shuffled);
            return one.Status == other.Status && one.History.SequenceEqual(other.History);
        }).QuickCheckThrowOnFailure();
    }

    private static MessageStatusMerge Fold(IEnumerable<StatusChange> changes) => changes.Aggregate(
        new MessageStatusMerge(Pending, [], [], false, false),
        (merge, change) => Apply(merge.Status, merge.History, merge.Errors, change));

    private static StatusChange Change(MessageStatus status, int second, params ImmutableArray<MessageError> errors) =>
        new() { Status = status, At = Start.AddSeconds(second), Errors = errors };

    private static MessageStatusMerge Apply(
        MessageStatus status, ImmutableArray<StatusChange> history, ImmutableArray<MessageError> errors, StatusChange change,
        MessageStatusOptions? options = null) =>
        MessageStatusMerge.Apply(status, history, errors, change, options ?? new MessageStatusOptions());
}
