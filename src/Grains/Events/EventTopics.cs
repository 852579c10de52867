namespace Waqtor.Events;

/// <summary>Which topics of the feed an event goes to.</summary>
public static class EventTopics
{
    public const string Messages = "messages";
    public const string Session = "session";
    public const string SmartBot = "smartbot";
    public const string System = "system";

    /// <summary>Everything of an instance; the rooms of its conversations are read out of it.</summary>
    public static string ForInstance(string instance) => "instance:" + instance;

    /// <summary>The batches of an instance.</summary>
    public static string ForQueue(string instance) => "queue:" + instance;

    /// <summary>
    /// The topics of an event; the audit trail and the traces of deliveries are nobody's feed. Conversations have no topic of their own: each would keep
    /// a history in memory, and there are as many as customers.
    /// </summary>
    public static IEnumerable<string> Of(DomainEvent domainEvent)
    {
        if (domainEvent.Name is EventNames.Audit or EventNames.Delivery) yield break;
        if (GeneralTopic(domainEvent.Name) is { } topic) yield return topic;
        if (domainEvent.Instance.Length == 0) yield break;
        yield return ForInstance(domainEvent.Instance);
        if (IsOfQueue(domainEvent.Name)) yield return ForQueue(domainEvent.Instance);
    }

    /// <summary>
    /// The event as the feed carries it: with what its name speaks of alone. Records that ride along for the archive would be taken for it,
    /// and a topic keeps its events in memory; raw bodies only the archive keeps.
    /// </summary>
    public static DomainEvent ForFeed(DomainEvent domainEvent)
    {
        var told = domainEvent;
        if (told.Conversation is not null && told.Name != EventNames.ConversationUpdated) told = told with { Conversation = null };
        if (told.Batch is not null && !IsOfQueue(told.Name)) told = told with { Batch = null };
        return told.Delivery is { Raw: not null } delivery ? told with { Delivery = delivery with { Raw = null } } : told;
    }

    private static string? GeneralTopic(string name) => name switch
    {
        _ when name.StartsWith("message.", StringComparison.Ordinal) => Messages,
        // A list of conversations lives on the messages' topic; it would otherwise need a room per instance.
        EventNames.ConversationUpdated or EventNames.ContactOptedIn or EventNames.ContactOptedOut => Messages,
        _ when name.StartsWith("session.", StringComparison.Ordinal) => Session,
        _ when name.StartsWith("smartbot.", StringComparison.Ordinal) => SmartBot,
        _ when name.StartsWith("system:", StringComparison.Ordinal) => System,
        EventNames.DeliveryParked or EventNames.BatchDeadLettered => System,
        _ => null,
    };

    private static bool IsOfQueue(string name) =>
        name == EventNames.ConversationFlushed || name.StartsWith("batch.", StringComparison.Ordinal);
}
