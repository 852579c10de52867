namespace Waqtor.Events;

/// <summary>The names of events; contracts with clients outside.</summary>
public static class EventNames
{
    public const string MessageReceived = "message.received";
    public const string MessageQueued = "message.queued";
    public const string MessageSent = "message.sent";
    public const string MessageDelivered = "message.delivered";
    public const string MessageRead = "message.read";
    public const string MessageFailed = "message.failed";
    public const string MessageChanged = "message.changed";
    public const string ConversationUpdated = "conversation.updated";
    public const string ConversationFlushed = "conversation.flushed";
    public const string BatchCompleted = "batch.completed";
    public const string BatchFailed = "batch.failed";
    public const string BatchDeadLettered = "batch.dead-lettered";
    public const string BatchReplayed = "batch.replayed";
    public const string BatchDiscarded = "batch.discarded";
    public const string SessionStatus = "session.status";
    public const string SessionQr = "session.qr";
    public const string ContactOptedOut = "contact.opted-out";
    public const string ContactOptedIn = "contact.opted-in";
    public const string SmartBotReply = "smartbot.reply";
    public const string SmartBotRuleUpdated = "smartbot.rule-updated";
    public const string SystemInfo = "system:info";
    public const string SystemWarning = "system:warning";
    public const string SystemError = "system:error";
    /// <summary>The trace of a delivery, for the archive alone.</summary>
    public const string Delivery = "delivery";
    public const string DeliveryParked = "delivery.parked";
    public const string Audit = "audit";
}
