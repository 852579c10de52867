using Waqtor.Process.Tests.Load;
using Waqtor.ProcessKit;

namespace Waqtor.Process.Tests.Oracle;

/// <summary>A judge that cannot say no proves nothing: every promise is broken once, and it must be seen.</summary>
public sealed class TotalQueueOracleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Oracle_CleanRun_FindsNothing() => Judge(TwoBatches()).ShouldBeEmpty();

    [Fact]
    public void Oracle_MessageInNoBatch_IsLost() =>
        Judge(TwoBatches() with { Batches = [Batch("A", 0, "a1", "a2", "a3", "a4", "a5")] }).ShouldContain(text => text.StartsWith("lost: b1"));

    [Fact]
    public void Oracle_MessageInTwoBatches_IsDoubled() =>
        Judge(TwoBatches() with { Batches = [.. TwoBatches().Batches, Batch("C", 30, "b1")] }).ShouldContain(text => text.StartsWith("doubled: b1"));

    [Fact]
    public void Oracle_MessageNobodyPosted_IsUnexpected() =>
        Judge(TwoBatches() with { Batches = [.. TwoBatches().Batches, Batch("C", 30, "zz")] }).ShouldContain(text => text.StartsWith("unexpected: zz"));

    [Fact]
    public void Oracle_LaterMessageFirst_IsOutOfOrder() =>
        Judge(TwoBatches() with { Batches = [Batch("A", 0, "a2", "a1", "a3", "a4", "a5"), TwoBatches().Batches[1]] })
            .ShouldContain(text => text.StartsWith("order:"));

    [Fact]
    public void Oracle_OverlappingPosts_MayComeInAnyOrder()
    {
        var run = TwoBatches();
        // Posted before the one in front of it was acknowledged: either order is right.
        run = run with { Sent = [.. run.Sent.Select(message => message.Id == "a2" ? message with { FirstPostedAt = Start } : message)] };
        Judge(run with { Batches = [Batch("A", 0, "a2", "a1", "a3", "a4", "a5"), run.Batches[1]] }).ShouldNotContain(text => text.StartsWith("order:"));
    }

    [Fact]
    public void Oracle_ForeignMessageInConversation_IsMixed()
    {
        var run = TwoBatches();
        Judge(run with { Sent = [.. run.Sent.Select(message => message.Id == "b1" ? message with { Phone = "222" } : message)] })
            .ShouldContain(text => text.StartsWith("mixed:"));
    }

    [Fact]
    public void Oracle_FlushLongAfterDue_IsLate() => Judge(WithSecond(batch => batch with { FlushedAt = batch.DueAt.AddSeconds(2) }))
        .ShouldContain(text => text.StartsWith("late:"));

    [Fact]
    public void Oracle_FlushBeforeDue_IsEarly() => Judge(WithSecond(batch => batch with { FlushedAt = batch.DueAt.AddSeconds(-1) }))
        .ShouldContain(text => text.StartsWith("early:"));

    [Fact]
    public void Oracle_DueDuringOutage_MayWaitForTheRestartButNotLonger()
    {
        var due = TwoBatches().Batches[1].DueAt;
        var outage = new Outage(due.AddSeconds(-1), due.AddSeconds(20));
        var forgiven = WithSecond(batch => batch with { FlushedAt = due.AddSeconds(20.9) });
        Judge(forgiven with { Outages = [outage] }).ShouldBeEmpty();
        var slow = WithSecond(batch => batch with { FlushedAt = due.AddSeconds(23) });
        Judge(slow with { Outages = [outage] }).ShouldContain(text => text.StartsWith("late:"));
    }

    [Fact]
    public void Oracle_WindowMovedByLaterMessage_IsSeen() => Judge(WithSecond(batch => batch with { DueAt = batch.DueAt.AddSeconds(1), FlushedAt = batch.DueAt.AddSeconds(1) }))
        .ShouldContain(text => text.StartsWith("window:"));

    [Fact]
    public void Oracle_FlushOfTwoForCount_IsSeen() => Judge(WithSecond(batch => batch with { Reason = "count" }))
        .ShouldContain(text => text.StartsWith("reason:"));

    [Fact]
    public void Oracle_DeadBatch_IsUnfinished() => Judge(WithSecond(batch => batch with { Status = "dead" }))
        .ShouldContain(text => text.StartsWith("unfinished:"));

    [Fact]
    public void Oracle_BatchWithoutReply_IsSeen() => Judge(TwoBatches() with { Replies = [TwoBatches().Replies[0]] })
        .ShouldContain(text => text.Contains("never answered"));

    [Fact]
    public void Oracle_SecondReply_NeedsACrashBetween()
    {
        var run = TwoBatches();
        var again = run.Replies[1] with { ReceivedAt = run.Replies[1].ReceivedAt.AddSeconds(3) };
        var twice = run with { Replies = [.. run.Replies, again] };
        Judge(twice).ShouldContain(text => text.Contains("answered twice"));
        Judge(twice with { Outages = [new Outage(again.ReceivedAt.AddSeconds(-2), again.ReceivedAt.AddSeconds(-1))] }).ShouldBeEmpty();
    }

    [Fact]
    public void Oracle_RepliesOutOfOrder_AreSeen()
    {
        var run = TwoBatches();
        Judge(run with { Replies = [run.Replies[0] with { ReceivedAt = run.Replies[1].ReceivedAt.AddSeconds(1) }, run.Replies[1]] })
            .ShouldContain(text => text.Contains("before the batch ahead"));
    }

    [Fact]
    public void Reply_OfTheTemplate_IsReadBack() =>
        Reply.Parse("2|b1\nb2", Start).MessageIds.ShouldBe(["b1", "b2"]);

    private static IReadOnlyList<string> Judge(Run run) => TotalQueueOracle.Judge(run.Sent, run.Batches, new OracleRules
    {
        Outages = run.Outages,
        Replies = run.Replies,
    }).Violations;

    private static Run WithSecond(Func<SeenBatch, SeenBatch> change)
    {
        var run = TwoBatches();
        return run with { Batches = [run.Batches[0], change(run.Batches[1])] };
    }

    // Five messages a second apart end the first batch; two more are flushed when due.
    private static Run TwoBatches()
    {
        SeenBatch[] batches = [Batch("A", 0, "a1", "a2", "a3", "a4", "a5"), Batch("B", 10, "b1", "b2")];
        return new Run(
            [.. batches.SelectMany(batch => batch.ProviderMessageIds.Select((id, place) => Message(id, batch.OpenedAt.AddSeconds(place))))],
            batches,
            [],
            [.. batches.Select(batch => new Reply(batch.ProviderMessageIds, batch.FlushedAt!.Value.AddSeconds(.1)))]);
    }

    private static SentMessage Message(string id, DateTimeOffset at) => new(id, "111", at.AddMilliseconds(-1), at.AddMilliseconds(1));

    private static SeenBatch Batch(string id, double openedAt, params string[] messages)
    {
        var opened = Start.AddSeconds(openedAt);
        var full = messages.Length == 5;
        return new SeenBatch
        {
            Id = id,
            ConversationId = "c1",
            MessageIds = [.. messages.Select(message => "msg_" + message)],
            ProviderMessageIds = messages,
            OpenedAt = opened,
            DueAt = opened.AddSeconds(8),
            FlushedAt = full ? opened.AddSeconds(4) : opened.AddSeconds(8.01),
            Reason = full ? "count" : "due",
            Status = "completed",
        };
    }

    private sealed record Run(
        IReadOnlyList<SentMessage> Sent, IReadOnlyList<SeenBatch> Batches, IReadOnlyList<Outage> Outages, IReadOnlyList<Reply> Replies);
}
