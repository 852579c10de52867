using Dapper;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

/// <summary>No list reads a whole table or sorts one: an index gives the rows in order, so a page costs a page.</summary>
public sealed class SqlitePlanTests() : ArchiveConformance(new SqliteDatabase())
{
    [Fact]
    public async Task EveryQuery_ByItsPlan_FollowsAnIndex()
    {
        var traced = new TracingStore(Archive.Store);
        IArchiveQueries queries = new ArchiveQueries(traced, Options.Create(new ArchiveOptions()));
        await RunEveryQueryAsync(queries);

        traced.Statements.Count.ShouldBeGreaterThan(40);
        var bad = await WithConnectionAsync(async connection =>
        {
            var found = new List<string>();
            foreach (var sql in traced.Statements.Distinct())
            {
                var steps = (await connection.QueryAsync($"EXPLAIN QUERY PLAN {sql}")).Select(row => (string)row.detail);
                found.AddRange(steps.Where(IsSlow).Select(step => $"{step}: {sql}"));
            }

            return found;
        });
        bad.ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchOfConversations_ByItsPlan_ReadsTheMessagesOfItsInstanceOnly()
    {
        await AppendAsync([.. Enumerable.Range(1, 300).Select(number => Sample.Received(Sample.Message(number)))]);
        foreach (var stretch in (int[])[100, 1000])
        {
            var traced = new TracingStore(Archive.Store);
            var queries = new ArchiveQueries(traced, Options.Create(new ArchiveOptions { SearchRowsMax = stretch }));
            await queries.ListConversationsAsync(new ConversationFilter { AllowedInstances = ["shop"], Search = "text" }, CancellationToken.None);

            var steps = await WithConnectionAsync(async connection =>
            {
                var found = new List<string>();
                foreach (var sql in traced.Statements) found.AddRange((await connection.QueryAsync($"EXPLAIN QUERY PLAN {sql}")).Select(row => (string)row.detail));
                return found.Where(step => step.Contains(" messages", StringComparison.Ordinal) || step.Contains(" m ", StringComparison.Ordinal));
            });

            steps.ShouldNotBeEmpty();
            steps.ShouldAllBe(step => step.StartsWith("SEARCH", StringComparison.Ordinal) && step.Contains("messages_by_instance (instance=?", StringComparison.Ordinal));
        }
    }

    // "RIGHT PART" and "LAST TERM" sort rows of the same position only. The counters have a row per instance.
    private static bool IsSlow(string step) =>
        step == "USE TEMP B-TREE FOR ORDER BY"
        || (step.StartsWith("SCAN ", StringComparison.Ordinal)
            && !step.Contains("INDEX", StringComparison.Ordinal)
            && !step.Contains("CONSTANT ROW", StringComparison.Ordinal)
            && !Array.Exists(["queue_counters", "a", "c", "d"], small => step == $"SCAN {small}"));

    private static async Task RunEveryQueryAsync(IArchiveQueries queries)
    {
        foreach (var allowed in (string[]?[])[null, ["shop"], ["shop", "bar"]])
        {
            foreach (var instance in (string?[])[null, "shop"])
            {
                foreach (var conversation in (string?[])[null, Sample.ConversationId(1)])
                {
                    var list = conversation is null ? "messages" : "conversation";
                    foreach (var cursor in (string?[])[null, new PageCursor(1, Sample.MessageId(1), 1).Encode(list)])
                    {
                        var messages = new MessageFilter { AllowedInstances = allowed, Instance = instance, ConversationId = conversation, Cursor = cursor };
                        await queries.ListMessagesAsync(messages);
                        await queries.ListMessagesAsync(messages with { Status = MessageStatus.Failed });
                        await queries.ListMessagesAsync(messages with { Status = MessageStatus.Read, Direction = MessageDirection.Outbound });
                        await queries.ListMessagesAsync(messages with { Search = "text" });
                    }

                    await queries.ListMessagesAsync(new MessageFilter { AllowedInstances = allowed, Instance = instance, ConversationId = conversation, Ascending = true });
                    var batches = new BatchFilter { AllowedInstances = allowed, Instance = instance, ConversationId = conversation };
                    await queries.ListBatchesAsync(batches);
                    await queries.ListBatchesAsync(batches with { Status = BatchStatus.Dead });
                    await queries.ListBatchesAsync(batches with { Status = BatchStatus.Completed });
                }

                foreach (var cursor in (string?[])[null, new PageCursor(1, Sample.ConversationId(1)).Encode("conversations")])
                {
                    var conversations = new ConversationFilter { AllowedInstances = allowed, Instance = instance, Cursor = cursor };
                    await queries.ListConversationsAsync(conversations);
                    await queries.ListConversationsAsync(conversations with { Unread = true });
                    await queries.ListConversationsAsync(conversations with { Paused = true });
                    await queries.ListConversationsAsync(conversations with { Search = "text" });
                }

                var deliveries = new DeliveryFilter { AllowedInstances = allowed, Instance = instance };
                await queries.ListDeliveriesAsync(deliveries);
                await queries.ListDeliveriesAsync(deliveries with { Outcome = DeliveryOutcome.Parked });
                await queries.GetQueueStatsAsync(allowed, instance, Sample.Start);
            }
        }

        await queries.ListOverdueAsync(Sample.Start, Sample.Start.AddHours(1), null, 10);
        await queries.GetMessageAsync("a");
        await queries.GetConversationAsync("a");
        await queries.GetBatchAsync("a");
        await queries.GetDeliveryAsync("a");
    }
}
