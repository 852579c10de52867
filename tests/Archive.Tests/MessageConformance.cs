using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

/// <summary>What becomes of a message that is told of more than once.</summary>
public abstract class MessageConformance(ITestDatabase database) : ArchiveConformance(database)
{
    [ConformanceFact]
    public async Task Message_ToldTwice_IsThereOnce()
    {
        await AppendAsync(Sample.Received(Sample.Message()));
        await AppendAsync(Sample.Received(Sample.Message()), Sample.Received(Sample.Message()));

        (await Queries.ListMessagesAsync(new MessageFilter())).Items.ShouldHaveSingleItem().ShouldReadLike(Sample.Message());
    }

    [ConformanceFact]
    public async Task Message_ToldAgainWithOtherWords_KeepsTheFirst()
    {
        await AppendAsync(Sample.Received(Sample.Message(text: "first")));
        await AppendAsync(Sample.Received(Sample.Message(text: "second")));

        (await GetAsync()).Text.ShouldBe("first");
    }

    [ConformanceFact]
    public async Task Message_Changed_HasTheNewTextKindAndContent()
    {
        await AppendAsync(Sample.Received(Sample.Message()));
        await AppendAsync(Sample.Changed(Sample.Message(text: "edited") with { Kind = MessageKind.Location, Content = new MessageContent { Location = new LocationContent(1, 2) } }, minute: 1));
        await AppendAsync(Sample.Received(Sample.Message()));

        var message = await GetAsync();
        message.Text.ShouldBe("edited");
        message.Kind.ShouldBe(MessageKind.Location);
        message.Content!.Location.ShouldBe(new LocationContent(1, 2));
    }

    [ConformanceFact]
    public async Task Message_Deleted_HasNeitherTextNorContent()
    {
        await AppendAsync(Sample.Received(Sample.Message() with { Content = new MessageContent { RawJson = "{}" } }));
        await AppendAsync(Sample.Changed(Sample.Message() with { Text = null, Kind = MessageKind.Deleted, Content = null }, minute: 1));

        var message = await GetAsync();
        message.Kind.ShouldBe(MessageKind.Deleted);
        message.Text.ShouldBeNull();
        message.Content.ShouldBeNull();
    }

    [ConformanceFact]
    public async Task Message_ChangedBeforeItIsToldOf_StaysChanged()
    {
        await AppendAsync(Sample.Changed(Sample.Message(text: "edited"), minute: 1));
        await AppendAsync(Sample.Received(Sample.Message()));

        (await GetAsync()).Text.ShouldBe("edited");
    }

    [ConformanceFact]
    public async Task Message_EarlierChangeComesLast_StaysAsTheLaterSaid()
    {
        await AppendAsync(Sample.Changed(Sample.Message(text: "later"), minute: 2));
        await AppendAsync(Sample.Changed(Sample.Message(text: "earlier"), minute: 1));

        (await GetAsync()).Text.ShouldBe("later");
    }

    [ConformanceFact]
    public async Task Status_OfEveryPair_MovesUpOnly()
    {
        var number = 0;
        foreach (var before in Enum.GetValues<MessageStatus>())
        {
            foreach (var told in Enum.GetValues<MessageStatus>())
            {
                await AppendAsync(Sample.Received(Sample.Outbound(++number, before)));
                await AppendAsync(Sample.Told(Sample.Status(number, told)));

                var expected = MessageFacts.Rank(told) > MessageFacts.Rank(before) ? told : before;
                (await GetAsync(number)).Status.ShouldBe(expected, $"{before}, then {told}");
            }
        }
    }

    [ConformanceFact]
    public async Task Status_FailedAfterDelivered_IsIgnoredButItsErrorIsKept()
    {
        var error = new MessageError("131026", "Undeliverable");
        await AppendAsync(Sample.Received(Sample.Outbound()), Sample.Told(Sample.Status(1, MessageStatus.Delivered)));
        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Failed) with { Errors = [error] }));

        var message = await GetAsync();
        message.Status.ShouldBe(MessageStatus.Delivered);
        message.Errors.ShouldHaveSingleItem().ShouldBe(error);
    }

    [ConformanceFact]
    public async Task Status_DeliveredAfterFailed_OverrulesIt()
    {
        await AppendAsync(Sample.Received(Sample.Outbound()), Sample.Told(Sample.Status(1, MessageStatus.Failed)));
        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Delivered)));

        (await GetAsync()).Status.ShouldBe(MessageStatus.Delivered);
    }

    [ConformanceFact]
    public async Task Status_ComesBeforeTheMessage_IsKeptAndNotShownAlone()
    {
        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Read, historyLength: 3) with { ProviderMessageId = "wamid.x" }));

        (await Queries.GetMessageAsync(Sample.MessageId(1))).ShouldBeNull();
        (await Queries.ListMessagesAsync(new MessageFilter())).Items.ShouldBeEmpty();

        await AppendAsync(Sample.Received(Sample.Outbound()));

        var message = await GetAsync();
        message.Status.ShouldBe(MessageStatus.Read);
        message.ProviderMessageId.ShouldBe("wamid.x");
        message.History.Length.ShouldBe(3);
        (await Queries.ListMessagesAsync(new MessageFilter { Instance = "shop" })).Items.ShouldHaveSingleItem();
        (await Queries.ListMessagesAsync(new MessageFilter { ConversationId = Sample.ConversationId(1) })).Items.ShouldHaveSingleItem();
    }

    [ConformanceFact]
    public async Task Errors_OfSeveralStatuses_AccumulateEachOnce()
    {
        var first = new MessageError("1", "First", "details");
        var second = new MessageError(null, "Second");
        await AppendAsync(Sample.Received(Sample.Outbound() with { Errors = [first] }));
        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Failed) with { Errors = [second, first] }));

        (await GetAsync()).Errors.ShouldBe([first, second]);
    }

    [ConformanceFact]
    public async Task History_ShorterComesLast_TheLongerStays()
    {
        await AppendAsync(Sample.Received(Sample.Outbound()));
        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Delivered, historyLength: 3)));
        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Sent, historyLength: 2)));

        (await GetAsync()).History.Select(change => change.Status)
            .ShouldBe([MessageStatus.Delivered, MessageStatus.Delivered, MessageStatus.Delivered]);
    }

    [ConformanceFact]
    public async Task Doubt_ProviderSaysWhatBecameOfIt_Ends()
    {
        await AppendAsync(Sample.Received(Sample.Outbound()));
        await AppendAsync(Sample.Changed(Sample.Outbound() with { Doubtful = true }, minute: 1));
        (await GetAsync()).Doubtful.ShouldBeTrue();

        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Pending)));
        (await GetAsync()).Doubtful.ShouldBeTrue();

        await AppendAsync(Sample.Told(Sample.Status(1, MessageStatus.Sent)));
        (await GetAsync()).Doubtful.ShouldBeFalse();

        await AppendAsync(Sample.Changed(Sample.Outbound() with { Doubtful = true }, minute: 1));
        (await GetAsync()).Doubtful.ShouldBeFalse();
    }

    [ConformanceFact]
    public async Task Batch_Ended_IsKnownToItsMessagesWhicheverComesFirst()
    {
        await AppendAsync(Sample.Received(Sample.Message(1)));
        await AppendAsync(Sample.Told(Sample.Batch(7) with { MessageIds = [Sample.MessageId(1), Sample.MessageId(2)] }));
        await AppendAsync(Sample.Received(Sample.Message(2)), Sample.Received(Sample.Message(3)));

        (await GetAsync(1)).BatchId.ShouldBe(Sample.BatchId(7));
        (await GetAsync(2)).BatchId.ShouldBe(Sample.BatchId(7));
        (await GetAsync(3)).BatchId.ShouldBeNull();
    }

    [ConformanceFact]
    public async Task Batch_OfAMessageThatHasOne_IsNotSet()
    {
        await AppendAsync(Sample.Received(Sample.Message() with { BatchId = Sample.BatchId(1) }));
        await AppendAsync(Sample.Told(Sample.Batch(2) with { MessageIds = [Sample.MessageId(1)] }));

        (await GetAsync()).BatchId.ShouldBe(Sample.BatchId(1));
    }

    [ConformanceFact]
    public async Task Buffer_StillOpen_IsNotTheMessagesBatch()
    {
        await AppendAsync(
            Sample.Received(Sample.Message()),
            Sample.Told(Sample.Batch(status: BatchStatus.Open) with { MessageIds = [Sample.MessageId(1)] }));

        (await GetAsync()).BatchId.ShouldBeNull();
    }

    private async Task<MessageRecord> GetAsync(int number = 1) =>
        (await Queries.GetMessageAsync(Sample.MessageId(number))).ShouldNotBeNull();
}
