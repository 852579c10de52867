using Dapper;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

/// <summary>The lists: order, pages, filters and what a caller may see.</summary>
public abstract class ListConformance(ITestDatabase database) : ArchiveConformance(database)
{
    private static readonly string[] Instances = ["shop", "bar", "desk"];

    [ConformanceFact]
    public async Task Messages_OfAll_AreNewestFirst()
    {
        await AppendAsync([.. new[] { 2, 3, 1 }.Select(number => Sample.Received(Sample.Message(number)))]);

        (await Queries.ListMessagesAsync(new MessageFilter())).Items.Select(message => message.Id)
            .ShouldBe([Sample.MessageId(3), Sample.MessageId(2), Sample.MessageId(1)]);
        (await Queries.ListMessagesAsync(new MessageFilter { Ascending = true })).Items.Select(message => message.Id)
            .ShouldBe([Sample.MessageId(1), Sample.MessageId(2), Sample.MessageId(3)]);
    }

    [ConformanceFact]
    public async Task Messages_OfAConversation_AreInItsOwnOrder()
    {
        // Ids made by another node may sort otherwise than the messages came.
        await AppendAsync([.. Enumerable.Range(1, 9).Select(number => Sample.Received(Sample.Message(10 - number, conversation: 1) with { Sequence = number }))]);
        await AppendAsync(Sample.Received(Sample.Message(50, conversation: 2)));

        var filter = new MessageFilter { ConversationId = Sample.ConversationId(1) };
        (await Queries.ListMessagesAsync(filter)).Items.Select(message => message.Sequence).ShouldBe([9, 8, 7, 6, 5, 4, 3, 2, 1]);
        (await Queries.ListMessagesAsync(filter with { Ascending = true })).Items.Select(message => message.Sequence)
            .ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    [ConformanceFact]
    public async Task Messages_PageByPage_AreAllThereOnce()
    {
        await AppendAsync([.. Enumerable.Range(1, 25).Select(number => Sample.Received(Sample.Message(number, conversation: number % 2, Instances[number % 3])))]);
        MessageFilter[] filters =
        [
            new(), new() { Ascending = true }, new() { Instance = "bar" }, new() { AllowedInstances = ["bar", "desk"] },
            new() { ConversationId = Sample.ConversationId(1) }, new() { ConversationId = Sample.ConversationId(1), Ascending = true },
            new() { Direction = MessageDirection.Inbound, Search = "text" },
        ];
        foreach (var filter in filters)
        {
            var whole = (await Queries.ListMessagesAsync(filter with { Limit = 200 })).Items.Select(message => message.Id).ToArray();
            whole.ShouldNotBeEmpty();
            foreach (var limit in (int[])[1, 2, 7])
            {
                var pages = await PagesAsync(cursor => Queries.ListMessagesAsync(filter with { Limit = limit, Cursor = cursor }), limit);
                pages.Select(message => message.Id).ShouldBe(whole, $"{filter} in pages of {limit}");
            }
        }
    }

    [ConformanceFact]
    public async Task Conversation_OverManySegments_IsReadInOrder()
    {
        for (var number = 1; number <= 12; number++)
        {
            await AppendAsync(Sample.Received(Sample.Message(number)), Sample.Told(Sample.Batch(number)), Sample.Received(Sample.Message(100 + number, conversation: 2)));
            if (number % 3 == 0) await BeginSegmentAsync();
        }

        (await WithConnectionAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(DISTINCT segment) FROM messages"))).ShouldBe(4);
        foreach (var ascending in (bool[])[true, false])
        {
            var expected = Enumerable.Range(1, 12).Select(number => ascending ? number : 13 - number).ToArray();
            foreach (var limit in (int[])[1, 2, 5, 200])
            {
                var filter = new MessageFilter { ConversationId = Sample.ConversationId(1), Ascending = ascending, Limit = limit };
                var messages = await PagesAsync(cursor => Queries.ListMessagesAsync(filter with { Cursor = cursor }), limit);
                Numbers(messages.Select(message => message.Id)).ShouldBe(expected);
            }
        }

        var batches = await PagesAsync(cursor => Queries.ListBatchesAsync(new BatchFilter { ConversationId = Sample.ConversationId(1), Limit = 5, Cursor = cursor }), 5);
        Numbers(batches.Select(batch => batch.Id)).ShouldBe(Enumerable.Range(1, 12));
    }

    [ConformanceFact]
    public async Task Messages_ByEachFilter_AreThoseThatMatch()
    {
        await AppendAsync(
            Sample.Received(Sample.Message(1)),
            Sample.Received(Sample.Outbound(2, MessageStatus.Failed)),
            Sample.Received(Sample.Outbound(3, MessageStatus.Pending)),
            Sample.Received(Sample.Outbound(4, MessageStatus.Read)),
            Sample.Received(Sample.Message(5, conversation: 2, instance: "bar")));

        (await IdsAsync(new MessageFilter { Direction = MessageDirection.Inbound })).ShouldBe([5, 1]);
        (await IdsAsync(new MessageFilter { Direction = MessageDirection.Outbound })).ShouldBe([4, 3, 2]);
        foreach (var status in Enum.GetValues<MessageStatus>())
        {
            int[] expected = status switch
            {
                MessageStatus.Received => [5, 1],
                MessageStatus.Failed => [2],
                MessageStatus.Pending => [3],
                MessageStatus.Read => [4],
                _ => [],
            };
            (await IdsAsync(new MessageFilter { Status = status })).ShouldBe(expected, $"{status}");
        }

        (await IdsAsync(new MessageFilter { Instance = "bar" })).ShouldBe([5]);
        (await IdsAsync(new MessageFilter { Instance = "shop", Status = MessageStatus.Failed, Direction = MessageDirection.Outbound })).ShouldBe([2]);
        (await IdsAsync(new MessageFilter { ConversationId = Sample.ConversationId(1), Status = MessageStatus.Pending })).ShouldBe([3]);
    }

    [ConformanceFact]
    public async Task Conversations_OfAll_AreThoseLastActiveFirst()
    {
        await AppendAsync(
            Sample.Told(Sample.Conversation(1, activeAt: 5)),
            Sample.Told(Sample.Conversation(2, activeAt: 9)),
            Sample.Told(Sample.Conversation(3, activeAt: 5)),
            Sample.Told(Sample.Conversation(4, activeAt: 1)));
        await AppendAsync(Sample.Told(Sample.Conversation(4, version: 2, activeAt: 7)));

        (await ConversationsAsync(new ConversationFilter())).ShouldBe([2, 4, 3, 1]);
        var pages = await PagesAsync(cursor => Queries.ListConversationsAsync(new ConversationFilter { Limit = 1, Cursor = cursor }), 1);
        pages.Select(one => one.Id).ShouldBe(new[] { 2, 4, 3, 1 }.Select(Sample.ConversationId));
    }

    [ConformanceFact]
    public async Task Conversations_ByEachFilter_AreThoseThatMatch()
    {
        await AppendAsync(
            Sample.Told(Sample.Conversation(1) with { Unread = 2 }),
            Sample.Told(Sample.Conversation(2) with { Paused = true }),
            Sample.Told(Sample.Conversation(3, instance: "bar")));

        (await ConversationsAsync(new ConversationFilter { Unread = true })).ShouldBe([1]);
        (await ConversationsAsync(new ConversationFilter { Unread = false })).ShouldBe([3, 2]);
        (await ConversationsAsync(new ConversationFilter { Paused = true })).ShouldBe([2]);
        (await ConversationsAsync(new ConversationFilter { Paused = false })).ShouldBe([3, 1]);
        (await ConversationsAsync(new ConversationFilter { Instance = "bar" })).ShouldBe([3]);
        (await ConversationsAsync(new ConversationFilter { Phone = Sample.Conversation(2).Contact.Phone })).ShouldBe([2]);
        (await ConversationsAsync(new ConversationFilter { Phone = "1" })).ShouldBeEmpty();
    }

    [ConformanceFact]
    public async Task Conversation_JoinedToAnotherWithoutMessages_IsNotListed()
    {
        await AppendAsync(
            Sample.Told(Sample.Conversation(1) with { MovedTo = Sample.ConversationId(2), MessageCount = 0 }),
            Sample.Told(Sample.Conversation(3) with { MovedTo = Sample.ConversationId(2), MessageCount = 4 }));

        (await ConversationsAsync(new ConversationFilter())).ShouldBe([3]);
        (await Queries.GetConversationAsync(Sample.ConversationId(1))).ShouldNotBeNull();
    }

    [ConformanceFact]
    public async Task Batches_OfAConversation_AreOldestFirstAndNeverOpen()
    {
        await AppendAsync(
            Sample.Told(Sample.Batch(3, status: BatchStatus.Processing)),
            Sample.Told(Sample.Batch(1, status: BatchStatus.Completed)),
            Sample.Told(Sample.Batch(4, status: BatchStatus.Open)),
            Sample.Told(Sample.Batch(2, status: BatchStatus.Dead)),
            Sample.Told(Sample.Batch(5, status: BatchStatus.Completed, conversation: 2)));

        (await BatchesAsync(new BatchFilter { ConversationId = Sample.ConversationId(1) })).ShouldBe([1, 2, 3]);
        (await BatchesAsync(new BatchFilter())).ShouldBe([5, 3, 2, 1]);
        (await BatchesAsync(new BatchFilter { Status = BatchStatus.Dead })).ShouldBe([2]);
        (await BatchesAsync(new BatchFilter { Status = BatchStatus.Processing })).ShouldBe([3]);
        (await BatchesAsync(new BatchFilter { Status = BatchStatus.Completed, Instance = "shop" })).ShouldBe([5, 1]);
        (await BatchesAsync(new BatchFilter { Status = BatchStatus.Open })).ShouldBeEmpty();
        foreach (var filter in new BatchFilter[] { new(), new() { ConversationId = Sample.ConversationId(1) } })
        {
            var pages = await PagesAsync(cursor => Queries.ListBatchesAsync(filter with { Limit = 1, Cursor = cursor }), 1);
            pages.ShouldBe((await Queries.ListBatchesAsync(filter)).Items, new SameId());
        }
    }

    [ConformanceFact]
    public async Task Deliveries_ByOutcome_AreNewestFirst()
    {
        await AppendAsync([.. Enumerable.Range(0, 8).Select(number => Sample.Told(Sample.Delivery(number, (DeliveryOutcome)(number % 4))))]);

        foreach (var outcome in Enum.GetValues<DeliveryOutcome>())
        {
            var found = await PagesAsync(cursor => Queries.ListDeliveriesAsync(new DeliveryFilter { Outcome = outcome, Limit = 1, Cursor = cursor }), 1);
            found.Select(delivery => delivery.Id).ShouldBe([Sample.DeliveryId((int)outcome + 4), Sample.DeliveryId((int)outcome)], $"{outcome}");
        }

        (await Queries.ListDeliveriesAsync(new DeliveryFilter())).Items.Length.ShouldBe(8);
    }

    [ConformanceFact]
    public async Task EveryList_AllowedInstances_ShowsNothingElse()
    {
        await AppendAsync([.. Instances.SelectMany((instance, i) => new[]
        {
            Sample.Received(Sample.Message(i, conversation: i, instance)),
            Sample.Received(Sample.Message(i + 10, conversation: i, instance) with { Status = MessageStatus.Failed }),
            Sample.Told(Sample.Conversation(i, instance: instance) with { Paused = true, Unread = 1 }),
            Sample.Told(Sample.Batch(i, status: BatchStatus.Dead, conversation: i, instance: instance)),
            Sample.Told(Sample.Delivery(i, DeliveryOutcome.Parked, instance)),
        })]);

        string[][] allowances = [[], ["bar"], ["bar", "desk"], ["nobody"], ["bar", "bar' OR 1=1 --"]];
        foreach (var allowed in allowances)
        {
            foreach (var instance in (string?[])[null, "bar", "shop"])
            {
                var expected = Instances.Where(one => allowed.Contains(one) && (instance ?? one) == one).Order().ToArray();
                var seen = await SeenAsync(allowed, instance);
                foreach (var (list, instances) in seen)
                {
                    string.Join(',', instances.Distinct().Order())
                        .ShouldBe(string.Join(',', expected), $"{list}, allowed {string.Join(',', allowed)}, asked for {instance}");
                }
            }
        }

        (await SeenAsync(null, null)).ShouldAllBe(list => list.Value.Distinct().Count() == 3);
    }

    [ConformanceFact]
    public async Task Conversation_OfAnInstanceNotAllowed_ShowsNoMessages()
    {
        await AppendAsync(Sample.Received(Sample.Message()), Sample.Told(Sample.Batch()));

        (await Queries.ListMessagesAsync(new MessageFilter { ConversationId = Sample.ConversationId(1), AllowedInstances = ["bar"] })).Items.ShouldBeEmpty();
        (await Queries.ListBatchesAsync(new BatchFilter { ConversationId = Sample.ConversationId(1), AllowedInstances = ["bar"] })).Items.ShouldBeEmpty();
    }

    [ConformanceFact]
    public async Task Limit_OutOfBounds_IsBroughtInto1To200()
    {
        await AppendAsync([.. Enumerable.Range(1, 210).Select(number => Sample.Received(Sample.Message(number)))]);

        (await Queries.ListMessagesAsync(new MessageFilter { Limit = 0 })).Items.Length.ShouldBe(1);
        (await Queries.ListMessagesAsync(new MessageFilter { Limit = -5, ConversationId = Sample.ConversationId(1) })).Items.Length.ShouldBe(1);
        (await Queries.ListMessagesAsync(new MessageFilter { Limit = int.MaxValue })).Items.Length.ShouldBe(200);
        (await Queries.ListMessagesAsync(new MessageFilter { Limit = int.MaxValue, ConversationId = Sample.ConversationId(1) })).Items.Length.ShouldBe(200);
    }

    [ConformanceFact]
    public async Task Cursor_BrokenOrOfAnotherList_IsRefused()
    {
        await AppendAsync([.. Enumerable.Range(1, 3).Select(number => Sample.Received(Sample.Message(number)))]);
        var ofMessages = (await Queries.ListMessagesAsync(new MessageFilter { Limit = 1 })).NextCursor.ShouldNotBeNull();

        foreach (var cursor in (string[])["x", "!", "%%%", "bWVzc2FnZXN8", new string('A', 5000), "bWVzc2FnZXM"])
        {
            await RefusedAsync(() => Queries.ListMessagesAsync(new MessageFilter { Cursor = cursor }));
        }

        await RefusedAsync(() => Queries.ListMessagesAsync(new MessageFilter { Cursor = ofMessages, Ascending = true }));
        await RefusedAsync(() => Queries.ListMessagesAsync(new MessageFilter { Cursor = ofMessages, ConversationId = Sample.ConversationId(1) }));
        await RefusedAsync(() => Queries.ListConversationsAsync(new ConversationFilter { Cursor = ofMessages }));
        await RefusedAsync(() => Queries.ListBatchesAsync(new BatchFilter { Cursor = ofMessages }));
        await RefusedAsync(() => Queries.ListDeliveriesAsync(new DeliveryFilter { Cursor = ofMessages }));

        static async Task RefusedAsync<T>(Func<Task<T>> list) =>
            (await Should.ThrowAsync<ArgumentException>(async () => await list())).ParamName.ShouldBe("cursor");
    }

    /// <summary>Has the rows to come go into another segment.</summary>
    protected abstract Task BeginSegmentAsync();

    private async Task<Dictionary<string, string[]>> SeenAsync(string[]? allowed, string? instance)
    {
        var messages = new MessageFilter { AllowedInstances = allowed, Instance = instance };
        var conversations = new ConversationFilter { AllowedInstances = allowed, Instance = instance };
        var batches = new BatchFilter { AllowedInstances = allowed, Instance = instance };
        var deliveries = new DeliveryFilter { AllowedInstances = allowed, Instance = instance };
        return new Dictionary<string, string[]>
        {
            ["messages"] = await MessagesAsync(messages),
            ["failed messages"] = await MessagesAsync(messages with { Status = MessageStatus.Failed }),
            ["inbound messages"] = await MessagesAsync(messages with { Direction = MessageDirection.Inbound }),
            ["found messages"] = await MessagesAsync(messages with { Search = "text" }),
            ["conversations"] = await ListAsync(conversations),
            ["paused conversations"] = await ListAsync(conversations with { Paused = true }),
            ["unread conversations"] = await ListAsync(conversations with { Unread = true }),
            ["found conversations"] = await ListAsync(conversations with { Search = "text" }),
            ["batches"] = [.. (await Queries.ListBatchesAsync(batches)).Items.Select(one => one.Instance)],
            ["dead batches"] = [.. (await Queries.ListBatchesAsync(batches with { Status = BatchStatus.Dead })).Items.Select(one => one.Instance)],
            ["deliveries"] = [.. (await Queries.ListDeliveriesAsync(deliveries)).Items.Select(one => one.Instance)],
            ["parked deliveries"] =
                [.. (await Queries.ListDeliveriesAsync(deliveries with { Outcome = DeliveryOutcome.Parked })).Items.Select(one => one.Instance)],
        };

        async Task<string[]> MessagesAsync(MessageFilter filter) =>
            [.. (await Queries.ListMessagesAsync(filter)).Items.Select(one => one.Instance)];

        async Task<string[]> ListAsync(ConversationFilter filter) =>
            [.. (await Queries.ListConversationsAsync(filter)).Items.Select(one => one.Instance)];
    }

    private async Task<int[]> IdsAsync(MessageFilter filter) => Numbers((await Queries.ListMessagesAsync(filter)).Items.Select(one => one.Id));

    private async Task<int[]> ConversationsAsync(ConversationFilter filter) =>
        Numbers((await Queries.ListConversationsAsync(filter)).Items.Select(one => one.Id));

    private async Task<int[]> BatchesAsync(BatchFilter filter) => Numbers((await Queries.ListBatchesAsync(filter)).Items.Select(one => one.Id));

    private static int[] Numbers(IEnumerable<string> ids) =>
        [.. ids.Select(id => int.Parse(id.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture))];

    private static async Task<List<T>> PagesAsync<T>(Func<string?, Task<Page<T>>> list, int limit)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await list(cursor);
            page.Items.Length.ShouldBeLessThanOrEqualTo(limit);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private sealed class SameId : IEqualityComparer<BatchRecord>
    {
        public bool Equals(BatchRecord? x, BatchRecord? y) => x?.Id == y?.Id;

        public int GetHashCode(BatchRecord obj) => obj.Id.GetHashCode(StringComparison.Ordinal);
    }
}
