using Waqtor.Conversations;

namespace Waqtor.Archive.Tests;

/// <summary>The figures of the queue, and what is overdue.</summary>
public abstract class QueueConformance(ITestDatabase database) : ArchiveConformance(database)
{
    [ConformanceFact]
    public async Task Stats_OfNothing_AreZero() => (await StatsAsync()).ShouldBe(Stats(0, 0, 0, 0, 0));

    [ConformanceFact]
    public async Task Stats_OfEveryKind_CountEachInItsPlace()
    {
        await AppendAsync(
            Sample.Told(Sample.Batch(1, status: BatchStatus.Open)),
            Sample.Told(Sample.Batch(2)),
            Sample.Told(Sample.Batch(3) with { Attempts = 2, NextAttemptAt = Sample.Start.AddHours(1) }),
            Sample.Told(Sample.Batch(4) with { Attempts = 1 }),
            Sample.Told(Sample.Batch(5, status: BatchStatus.Completed) with { Attempts = 3 }),
            Sample.Told(Sample.Batch(6, status: BatchStatus.Completed) with { Attempts = 1 }),
            Sample.Told(Sample.Batch(7, status: BatchStatus.Dead) with { Attempts = 4 }),
            Sample.Told(Sample.Batch(8, status: BatchStatus.Discarded) with { Attempts = 4 }));

        var stats = await Queries.GetQueueStatsAsync(null, null, Sample.Start.AddSeconds(61));

        stats.ShouldBe(Stats(pending: 3, inFlight: 1, processed: 2, retried: 1 + 2 + 3 + 3, dead: 1) with { OldestAgeSeconds = 60 });
    }

    [ConformanceFact]
    public async Task Stats_AsABatchGoesThrough_FollowItWithoutCountingTwice()
    {
        var batch = Sample.Batch(1, status: BatchStatus.Open);
        (BatchRecord Step, QueueStats Expected)[] life =
        [
            (batch, Stats(pending: 1)),
            (batch with { Status = BatchStatus.Processing, Attempts = 1 }, Stats(inFlight: 1)),
            (batch with { Status = BatchStatus.Processing, Attempts = 1, NextAttemptAt = Sample.Start }, Stats(pending: 1)),
            (batch with { Status = BatchStatus.Processing, Attempts = 2 }, Stats(inFlight: 1, retried: 1)),
            (batch with { Status = BatchStatus.Dead, Attempts = 4 }, Stats(dead: 1, retried: 3)),
            (batch with { Status = BatchStatus.Processing, Attempts = 1 }, Stats(inFlight: 1)),
            (batch with { Status = BatchStatus.Completed, Attempts = 1 }, Stats(processed: 1)),
        ];
        for (var version = 1; version <= life.Length; version++)
        {
            var told = Sample.Told(life[version - 1].Step with { Version = version });
            await AppendAsync(told);
            await AppendAsync(told);

            (await StatsAsync() with { OldestAgeSeconds = 0 }).ShouldBe(life[version - 1].Expected, $"after step {version}");
        }
    }

    [ConformanceFact]
    public async Task Stats_OfSomeInstances_LeaveOutTheOthers()
    {
        string[] instances = ["shop", "bar", "desk"];
        await AppendAsync([.. instances.SelectMany((instance, i) => new[]
        {
            Sample.Told(Sample.Batch((10 * i) + 1, instance: instance)),
            Sample.Told(Sample.Batch((10 * i) + 2, status: BatchStatus.Completed, instance: instance) with { Attempts = 2 }),
            Sample.Told(Sample.Batch((10 * i) + 3, status: BatchStatus.Dead, instance: instance)),
        })]);

        (await StatsAsync(["bar"])).ShouldBe(Stats(1, 0, 1, 1, 1));
        (await StatsAsync(["bar", "desk"])).ShouldBe(Stats(2, 0, 2, 2, 2));
        (await StatsAsync(null, "shop")).ShouldBe(Stats(1, 0, 1, 1, 1));
        (await StatsAsync(["bar"], "shop")).ShouldBe(Stats(0, 0, 0, 0, 0));
        (await StatsAsync([])).ShouldBe(Stats(0, 0, 0, 0, 0));
        (await StatsAsync()).ShouldBe(Stats(3, 0, 3, 3, 3));
    }

    [ConformanceFact]
    public async Task Overdue_BuffersAndBatches_AreOldestFirstByWhenTheyShouldHaveMoved()
    {
        var now = Sample.Start.AddHours(1);
        await AppendAsync(
            Sample.Told(Sample.Batch(1, status: BatchStatus.Open) with { DueAt = now.AddSeconds(-3) }),
            Sample.Told(Sample.Batch(2) with { DueAt = now.AddSeconds(-9), Attempts = 1, NextAttemptAt = now.AddSeconds(-1) }),
            Sample.Told(Sample.Batch(3) with { DueAt = now.AddSeconds(-9), Attempts = 1, NextAttemptAt = now.AddSeconds(1) }),
            Sample.Told(Sample.Batch(4) with { DueAt = now.AddSeconds(-2) }),
            Sample.Told(Sample.Batch(5, status: BatchStatus.Completed) with { DueAt = now.AddSeconds(-9) }),
            Sample.Told(Sample.Batch(6, status: BatchStatus.Open) with { DueAt = now }),
            Sample.Told(Sample.Batch(8, status: BatchStatus.Open) with { DueAt = now.AddMinutes(50) }),
            Sample.Told(Sample.Batch(7, conversation: 2) with { DueAt = now.AddSeconds(-4), Attempts = 1 }));

        (await Queries.ListOverdueAsync(now, now.AddMinutes(5), null, 100)).ShouldBe(
        [
            new OverdueBatch(Sample.BatchId(7), Sample.ConversationId(2), now.AddSeconds(-4)),
            new OverdueBatch(Sample.BatchId(1), Sample.ConversationId(1), now.AddSeconds(-3)),
            new OverdueBatch(Sample.BatchId(4), Sample.ConversationId(1), now.AddSeconds(-2)),
            new OverdueBatch(Sample.BatchId(2), Sample.ConversationId(1), now.AddSeconds(-1)),
            new OverdueBatch(Sample.BatchId(8), Sample.ConversationId(1), now.AddMinutes(50)),
        ]);
        (await Queries.ListOverdueAsync(now, now.AddMinutes(5), null, 1)).Count.ShouldBe(1);
        (await Queries.ListOverdueAsync(now, now.AddMinutes(5), null, 0)).Count.ShouldBe(1);
    }

    [ConformanceFact]
    public async Task Overdue_PageAfterPage_HasEachOnceAlsoOfOneTime()
    {
        var now = Sample.Start.AddHours(1);
        await AppendAsync([.. Enumerable.Range(1, 5).Select(number =>
            Sample.Told(Sample.Batch(number, status: BatchStatus.Open) with { DueAt = now.AddSeconds(number < 5 ? -9 : -8) }))]);

        var seen = new List<string>();
        OverdueBatch? last = null;
        while (await Queries.ListOverdueAsync(now, now.AddMinutes(5), last, 2) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(one => one.BatchId));
            last = page[^1];
        }

        seen.ShouldBe(Enumerable.Range(1, 5).Select(Sample.BatchId));
    }

    private Task<QueueStats> StatsAsync(string[]? allowed = null, string? instance = null) =>
        Queries.GetQueueStatsAsync(allowed, instance, Sample.Start);

    private static QueueStats Stats(long pending = 0, long inFlight = 0, long processed = 0, long retried = 0, long dead = 0) => new()
    {
        Pending = pending,
        InFlight = inFlight,
        OldestAgeSeconds = 0,
        Processed = processed,
        Retried = retried,
        Dead = dead,
    };
}
