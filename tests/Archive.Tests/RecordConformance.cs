using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

/// <summary>Records come back as they were, and no content whatever makes an event unwritable.</summary>
public abstract class RecordConformance(ITestDatabase database) : ArchiveConformance(database)
{
    [ConformanceFact]
    public async Task Message_WithEveryMember_ComesBackWhole()
    {
        var told = Filled.Make<MessageRecord>();
        await AppendAsync(Sample.Received(told));

        (await Queries.GetMessageAsync(told.Id)).ShouldReadLike(told);
    }

    [ConformanceFact]
    public async Task Conversation_WithEveryMember_ComesBackWhole()
    {
        var told = Filled.Make<ConversationRecord>();
        await AppendAsync(Sample.Told(told));

        (await Queries.GetConversationAsync(told.Id)).ShouldReadLike(told);
    }

    [ConformanceFact]
    public async Task Batch_WithEveryMember_ComesBackWhole()
    {
        var told = Filled.Make<BatchRecord>();
        await AppendAsync(Sample.Told(told));

        (await Queries.GetBatchAsync(told.Id)).ShouldReadLike(told);
    }

    [ConformanceFact]
    public async Task Delivery_WithEveryMember_ComesBackWhole()
    {
        var told = Filled.Make<DeliveryRecord>();
        await AppendAsync(Sample.Told(told));

        (await Queries.GetDeliveryAsync(told.Id)).ShouldReadLike(told);
    }

    [ConformanceFact]
    public async Task Record_NotThere_IsNull()
    {
        (await Queries.GetMessageAsync("msg_none\0")).ShouldBeNull();
        (await Queries.GetConversationAsync("cnv_none")).ShouldBeNull();
        (await Queries.GetBatchAsync("bat_none")).ShouldBeNull();
        (await Queries.GetDeliveryAsync("dlv_none")).ShouldBeNull();
    }

    [ConformanceFact]
    public async Task Text_OfAnyKind_ComesBackReadable()
    {
        (string Told, string Kept)[] texts =
        [
            ("", ""), (" ", " "), ("شكرا جزيلا", "شكرا جزيلا"), ("👍🏽 𐍈", "👍🏽 𐍈"), ("'; DROP TABLE messages; --", "'; DROP TABLE messages; --"),
            ("a\0b", "a\uFFFDb"), ("\uD800 alone", "\uFFFD alone"), ("alone \uDC00", "alone \uFFFD"), ("\"\\\n\t{}", "\"\\\n\t{}"),
            (new string('x', 100_000), new string('x', 100_000)),
        ];
        await AppendAsync([.. texts.Select((text, i) => Sample.Received(Sample.Message(i + 1, text: text.Told)))]);

        (await Queries.ListMessagesAsync(new MessageFilter { Ascending = true })).Items.Select(message => message.Text)
            .ShouldBe(texts.Select(text => text.Kept));
    }

    [ConformanceFact]
    public async Task HostileContent_OfEveryRecord_IsKept()
    {
        const string Hostile = "\0\uD800<\u2028>\uDC00\"";
        var content = new MessageContent { Location = new LocationContent(double.NaN, double.PositiveInfinity, Hostile), RawJson = Hostile };
        var status = Sample.Status(1, MessageStatus.Failed) with
        {
            ProviderMessageId = Hostile,
            Errors = [new MessageError(Hostile, Hostile, Hostile)],
            History = [new StatusChange { Status = MessageStatus.Failed, At = DateTimeOffset.MinValue, ProviderStatus = Hostile }],
        };
        await AppendAsync(
            Sample.Received(Sample.Message(text: Hostile) with { ProviderMessageId = null, Content = content, ReceivedAt = DateTimeOffset.MaxValue }),
            Sample.Told(status),
            Sample.Told(Sample.Conversation() with { Contact = new ContactIdentity { Name = Hostile, Phone = new string('7', 5000) }, LastMessageText = Hostile }),
            Sample.Told(Sample.Batch() with { Error = Hostile, DueAt = DateTimeOffset.MaxValue }),
            Sample.Told(Sample.Delivery() with { Raw = Hostile, DurationMilliseconds = double.NaN, Reason = Hostile }),
            Sample.Told(new Access.AuditRecord(Hostile, Hostile, Hostile, Hostile, DateTimeOffset.MinValue)));

        var message = await Queries.GetMessageAsync(Sample.MessageId(1));
        message!.Content!.Location!.Latitude.ShouldBe(double.NaN);
        message.Errors.Length.ShouldBe(1);
        (await Queries.GetConversationAsync(Sample.ConversationId(1)))!.Contact.Phone!.Length.ShouldBe(5000);
        (await Queries.GetBatchAsync(Sample.BatchId(1)))!.DueAt.ShouldBe(DateTimeOffset.MaxValue);
        (await Queries.GetDeliveryAsync(Sample.DeliveryId(1))).ShouldNotBeNull();
    }

    [ConformanceFact]
    public async Task Lists_NeverSet_AreEmpty()
    {
        await AppendAsync(
            Sample.Received(Sample.Message() with { History = default, Errors = default }),
            Sample.Told(Sample.Status(1, MessageStatus.Sent) with { History = default, Errors = default }),
            Sample.Told(Sample.Batch() with { MessageIds = default, ProviderMessageIds = default }),
            Sample.Told(Sample.Delivery() with { Elements = default }));

        (await Queries.GetMessageAsync(Sample.MessageId(1)))!.History.ShouldBeEmpty();
        (await Queries.GetBatchAsync(Sample.BatchId(1)))!.MessageIds.ShouldBe(ImmutableArray<string>.Empty);
        (await Queries.GetDeliveryAsync(Sample.DeliveryId(1)))!.Elements.ShouldBeEmpty();
    }
}
