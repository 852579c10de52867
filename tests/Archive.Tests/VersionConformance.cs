using Dapper;
using Waqtor.Access;
using Waqtor.Conversations;
using Waqtor.Deliveries;

namespace Waqtor.Archive.Tests;

/// <summary>Of the records that are replaced as a whole, the newest stays.</summary>
public abstract class VersionConformance(ITestDatabase database) : ArchiveConformance(database)
{
    [ConformanceFact]
    public async Task Conversation_OlderVersionComesLast_TheNewerStays()
    {
        await AppendAsync(Sample.Told(Sample.Conversation(version: 2) with { Unread = 2 }));
        await AppendAsync(Sample.Told(Sample.Conversation(version: 1) with { Unread = 1 }));
        await AppendAsync(Sample.Told(Sample.Conversation(version: 2) with { Unread = 7 }));

        (await Queries.GetConversationAsync(Sample.ConversationId(1)))!.Unread.ShouldBe(2);
    }

    [ConformanceFact]
    public async Task Conversation_LearnsItsPhone_IsFoundByIt()
    {
        var unknown = Sample.Conversation(version: 1);
        await AppendAsync(Sample.Told(unknown with { Contact = unknown.Contact with { Phone = null } }));
        await AppendAsync(Sample.Told(Sample.Conversation(version: 2)));

        (await Queries.ListConversationsAsync(new ConversationFilter { Phone = unknown.Contact.Phone })).Items.ShouldHaveSingleItem();
    }

    [ConformanceFact]
    public async Task Batch_OlderVersionComesLast_TheNewerStays()
    {
        await AppendAsync(Sample.Told(Sample.Batch(version: 3, status: BatchStatus.Completed)));
        await AppendAsync(Sample.Told(Sample.Batch(version: 2)), Sample.Told(Sample.Batch(version: 9, status: BatchStatus.Open)));

        (await GetBatchAsync()).Status.ShouldBe(BatchStatus.Completed);
    }

    [ConformanceFact]
    public async Task Batch_ToldTwiceByOneDecision_IsWhereItGotFurthest()
    {
        await AppendAsync(Sample.Told(Sample.Batch(version: 3) with { Attempts = 3 }));
        await AppendAsync(Sample.Told(Sample.Batch(version: 3, status: BatchStatus.Dead) with { Attempts = 4 }));
        await AppendAsync(Sample.Told(Sample.Batch(version: 3) with { Attempts = 4 }));

        (await GetBatchAsync()).Status.ShouldBe(BatchStatus.Dead);
    }

    [ConformanceFact]
    public async Task Buffer_StillOpen_IsKeptAsItOpened()
    {
        await AppendAsync(Sample.Told(Sample.Batch(version: 1, status: BatchStatus.Open) with { MessageIds = [Sample.MessageId(1)] }));
        await AppendAsync(Sample.Told(Sample.Batch(version: 2, status: BatchStatus.Open) with { MessageIds = [Sample.MessageId(1), Sample.MessageId(2)] }));

        (await GetBatchAsync()).MessageIds.ShouldBeEmpty();

        await AppendAsync(Sample.Told(Sample.Batch(version: 2) with { MessageIds = [Sample.MessageId(1), Sample.MessageId(2)] }));

        (await GetBatchAsync()).MessageIds.Length.ShouldBe(2);
    }

    [ConformanceFact]
    public async Task Delivery_ToldTwice_TheFirstStays()
    {
        await AppendAsync(Sample.Told(Sample.Delivery(outcome: DeliveryOutcome.Parked)));
        await AppendAsync(Sample.Told(Sample.Delivery(outcome: DeliveryOutcome.Stored)));

        (await Queries.GetDeliveryAsync(Sample.DeliveryId(1)))!.Outcome.ShouldBe(DeliveryOutcome.Parked);
    }

    [ConformanceFact]
    public async Task Delivery_WasSpooled_IsOverruledByWhatBecameOfIt()
    {
        await AppendAsync(Sample.Told(Sample.Delivery(outcome: DeliveryOutcome.Spooled)));
        await AppendAsync(Sample.Told(Sample.Delivery(outcome: DeliveryOutcome.Stored)));
        await AppendAsync(Sample.Told(Sample.Delivery(outcome: DeliveryOutcome.Spooled)));

        (await Queries.GetDeliveryAsync(Sample.DeliveryId(1)))!.Outcome.ShouldBe(DeliveryOutcome.Stored);
        (await Queries.ListDeliveriesAsync(new DeliveryFilter { Outcome = DeliveryOutcome.Spooled })).Items.ShouldBeEmpty();
    }

    [ConformanceFact]
    public async Task Audit_ToldTwice_IsOneRow()
    {
        var told = Sample.Told(new AuditRecord("admin", "key.create", "key_1", "127.0.0.1", Sample.Start));
        await AppendAsync(told, Sample.Told(new AuditRecord("admin", "key.create", null, null, Sample.Start)));
        await AppendAsync(told);

        (await WithConnectionAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM audit"))).ShouldBe(2);
    }

    private async Task<BatchRecord> GetBatchAsync() => (await Queries.GetBatchAsync(Sample.BatchId(1))).ShouldNotBeNull();
}
