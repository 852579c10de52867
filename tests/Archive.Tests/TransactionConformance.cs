using System.Data.Common;
using Waqtor.Access;
using Waqtor.Conversations;
using Waqtor.Events;

namespace Waqtor.Archive.Tests;

/// <summary>A call is kept whole or not at all, and nobody pays for another's events.</summary>
public abstract class TransactionConformance(ITestDatabase database) : ArchiveConformance(database)
{
    // The database itself refuses it, after the other rows of the call were written.
    private static DomainEvent Unwritable => Sample.Told(new AuditRecord(null!, "action", null, null, Sample.Start));

    [ConformanceFact]
    public async Task Call_OneEventCannotBeWritten_NothingIsKept()
    {
        await AppendAsync(Sample.Told(Sample.Batch(status: BatchStatus.Processing) with { MessageIds = [Sample.MessageId(1)] }));
        var before = await RowsAsync();

        var failure = await Should.ThrowAsync<DbException>(AppendAsync(
            Sample.Told(Sample.Batch(version: 2, status: BatchStatus.Completed)),
            Sample.Received(Sample.Message(1)),
            Sample.Told(Sample.Conversation()),
            Sample.Told(Sample.Delivery()),
            Unwritable,
            Sample.Received(Sample.Message(2))));

        failure.ShouldNotBeNull();
        (await RowsAsync()).ShouldBe(before);
    }

    [ConformanceFact]
    public async Task Call_AfterAFailedOne_IsKept()
    {
        await Should.ThrowAsync<DbException>(AppendAsync(Unwritable));
        await AppendAsync(Sample.Received(Sample.Message(1)), Sample.Told(Sample.Batch(status: BatchStatus.Completed)));

        (await Queries.GetMessageAsync(Sample.MessageId(1))).ShouldNotBeNull();
        (await Queries.GetQueueStatsAsync(null, null, Sample.Start)).Processed.ShouldBe(1);
    }

    [ConformanceFact]
    public async Task Calls_SharingATransactionWithAFailingOne_AreKept()
    {
        var calls = Enumerable.Range(1, 40)
            .Select(number => (Number: number, Task: number % 8 == 0
                ? AppendAsync(Sample.Received(Sample.Message(number)), Unwritable)
                : AppendAsync(Sample.Received(Sample.Message(number)), Sample.Told(Sample.Batch(number, status: BatchStatus.Completed)))))
            .ToArray();
        foreach (var (number, task) in calls)
        {
            if (number % 8 == 0) await Should.ThrowAsync<DbException>(task);
            else await task;
        }

        var kept = (await Queries.ListMessagesAsync(new MessageFilter { Limit = 200, Ascending = true })).Items.Select(message => message.Id);
        kept.ShouldBe(Enumerable.Range(1, 40).Where(number => number % 8 != 0).Select(Sample.MessageId));
        (await Queries.GetQueueStatsAsync(null, null, Sample.Start)).Processed.ShouldBe(35);
    }

    [ConformanceFact]
    public async Task Call_GivenUpBeforeItsTurn_IsNotWritten()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(Archive.Writer.AppendAsync([Sample.Received(Sample.Message())], source.Token));

        (await Queries.GetMessageAsync(Sample.MessageId(1))).ShouldBeNull();
    }

    [ConformanceFact]
    public async Task Call_OfNothing_Returns() => await Archive.Writer.AppendAsync([]);

    [ConformanceFact]
    public async Task Call_OfSessionsAndNoticesOnly_Returns()
    {
        var notice = Sample.Received(Sample.Message()) with { Message = null, Name = EventNames.SystemInfo, NoticeJson = "{}" };
        await AppendAsync(notice);

        (await Queries.ListMessagesAsync(new MessageFilter())).Items.ShouldBeEmpty();
    }

    [ConformanceFact]
    public async Task Archive_Restarted_HasEverything()
    {
        await AppendAsync(Sample.Received(Sample.Message(1)), Sample.Told(Sample.Conversation()), Sample.Told(Sample.Batch(status: BatchStatus.Completed)));
        await RestartAsync();
        await AppendAsync(Sample.Received(Sample.Message(2)));

        (await Queries.ListMessagesAsync(new MessageFilter { ConversationId = Sample.ConversationId(1) })).Items.Length.ShouldBe(2);
        (await Queries.GetQueueStatsAsync(null, null, Sample.Start)).Processed.ShouldBe(1);
    }

    [ConformanceFact]
    public async Task Writer_Stopped_WritesWhatWaitsFirst()
    {
        var calls = Enumerable.Range(1, 50).Select(number => AppendAsync(Sample.Received(Sample.Message(number)))).ToArray();
        await RestartAsync();

        await Task.WhenAll(calls);
        (await Queries.ListMessagesAsync(new MessageFilter { Limit = 200 })).Items.Length.ShouldBe(50);
    }

    private Task<string> RowsAsync() => WithConnectionAsync(connection => TableDump.ReadAsync(connection));
}
