using Waqtor.Access;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Events;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

/// <summary>Records and events to test with. Numbers make ids that sort by them.</summary>
public static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static int _events;

    public static string MessageId(int number) => $"msg_{number:d8}";

    public static string BatchId(int number) => $"bat_{number:d8}";

    public static string ConversationId(int number) => $"cnv_{number:d8}";

    public static string DeliveryId(int number) => $"dlv_{number:d8}";

    public static MessageRecord Message(int number = 1, int conversation = 1, string instance = "shop", string? text = null) => new()
    {
        Id = MessageId(number),
        ProviderMessageId = $"wamid.{number}",
        Instance = instance,
        ConversationId = ConversationId(conversation),
        Direction = MessageDirection.Inbound,
        Kind = MessageKind.Text,
        Text = text ?? $"text {number}",
        Status = MessageStatus.Received,
        Timestamp = Start.AddSeconds(number),
        ReceivedAt = Start.AddSeconds(number),
        Sequence = number,
    };

    public static MessageRecord Outbound(int number = 1, MessageStatus status = MessageStatus.Pending) => Message(number) with
    {
        ProviderMessageId = null,
        Direction = MessageDirection.Outbound,
        Status = status,
        Author = MessageAuthor.Bot,
        History = [new StatusChange { Status = status, At = Start }],
    };

    public static MessageStatusRecord Status(int number, MessageStatus status, int historyLength = 0) => new()
    {
        MessageId = MessageId(number),
        Status = status,
        At = Start.AddMinutes(number),
        History = [.. Enumerable.Range(0, historyLength).Select(i => new StatusChange { Status = status, At = Start.AddMinutes(i) })],
    };

    public static ConversationRecord Conversation(int number = 1, long version = 1, string instance = "shop", int activeAt = 0) => new()
    {
        Id = ConversationId(number),
        Instance = instance,
        Contact = new ContactIdentity { Phone = $"4917{number:d8}", Name = $"Customer {number}" },
        CreatedAt = Start,
        LastActivityAt = Start.AddSeconds(activeAt),
        MessageCount = 1,
        Version = version,
    };

    public static BatchRecord Batch(
        int number = 1, long version = 1, BatchStatus status = BatchStatus.Processing, int conversation = 1, string instance = "shop") => new()
        {
            Id = BatchId(number),
            Instance = instance,
            ConversationId = ConversationId(conversation),
            OpenedAt = Start.AddSeconds(number),
            DueAt = Start.AddSeconds(number + 8),
            Status = status,
            Version = version,
        };

    public static DeliveryRecord Delivery(int number = 1, DeliveryOutcome outcome = DeliveryOutcome.Stored, string instance = "shop") => new()
    {
        Id = DeliveryId(number),
        Instance = instance,
        Provider = "evolution",
        ReceivedAt = Start.AddSeconds(number),
        Bytes = 100,
        Outcome = outcome,
    };

    public static DomainEvent Received(MessageRecord message) => Event(EventNames.MessageReceived) with { Message = message };

    public static DomainEvent Changed(MessageRecord message, int minute) =>
        Event(EventNames.MessageChanged) with { Message = message, At = Start.AddMinutes(minute) };

    public static DomainEvent Told(MessageStatusRecord status) => Event(EventNames.MessageDelivered) with { Status = status };

    public static DomainEvent Told(ConversationRecord conversation) =>
        Event(EventNames.ConversationUpdated) with { Conversation = conversation };

    public static DomainEvent Told(BatchRecord batch) => Event(EventNames.ConversationFlushed) with { Batch = batch };

    public static DomainEvent Told(DeliveryRecord delivery) => Event(EventNames.DeliveryParked) with { Delivery = delivery };

    public static DomainEvent Told(AuditRecord audit) => Event(EventNames.Audit) with { Audit = audit };

    private static DomainEvent Event(string name) => new()
    {
        Id = $"evt_{Interlocked.Increment(ref _events):d8}",
        Name = name,
        At = Start,
        Instance = "shop",
    };
}
