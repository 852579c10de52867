namespace Waqtor.Events;

/// <summary>Which topics of the feed an event goes to.</summary>
public static class EventTopics
{
    public const string Messages = "messages";
    public const string Session = "session";
    public const string System = "system";

    public static string ForInstance(string instance) => "instance:" + instance;

    /// <summary>The topics of an event; the audit trail is nobody's feed.</summary>
    public static IEnumerable<string> Of(DomainEvent domainEvent)
    {
        if (domainEvent.Name == EventNames.Audit) yield break;
        if (GeneralTopic(domainEvent.Name) is { } topic) yield return topic;
        if (domainEvent.Instance.Length > 0) yield return ForInstance(domainEvent.Instance);
    }

    /// <summary>The event as the feed carries it: without raw bodies, which only the archive keeps.</summary>
    public static DomainEvent ForFeed(DomainEvent domainEvent) => domainEvent.Delivery is { Raw: not null } delivery
        ? domainEvent with { Delivery = delivery with { Raw = null } }
        : domainEvent;

    private static string? GeneralTopic(string name) => name switch
    {
        _ when name.StartsWith("message.", StringComparison.Ordinal) => Messages,
        // A list of conversations lives on the messages' topic; it would otherwise need a room per instance.
        EventNames.ConversationUpdated => Messages,
        _ when name.StartsWith("session.", StringComparison.Ordinal) => Session,
        _ when name.StartsWith("system:", StringComparison.Ordinal) => System,
        EventNames.DeliveryParked or EventNames.BatchDeadLettered => System,
        _ => null,
    };
}
