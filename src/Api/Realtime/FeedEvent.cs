using Waqtor.Events;

namespace Waqtor.Api.Realtime;

/// <summary>An event as the feed tells it, whatever topic and transport: written once, read by many.</summary>
internal sealed class FeedEvent
{
    private const string ProgressSuffix = "progress";

    private readonly DomainEvent _event;
    private byte[]? _payload;

    public FeedEvent(DomainEvent domainEvent)
    {
        _event = domainEvent;
        IsHighPriority = domainEvent.Name is EventNames.SystemError or EventNames.SystemWarning or EventNames.SessionStatus
            or EventNames.BatchDeadLettered or FeedEventNames.Notification;
        ProgressKey = domainEvent.Name.EndsWith(ProgressSuffix, StringComparison.Ordinal) ? domainEvent.Name : null;
    }

    public string Id => _event.Id;
    public string Name => _event.Name;
    public DateTimeOffset At => _event.At;
    public string Instance => _event.Instance;
    public string? ConversationId => _event.ConversationId;
    public bool IsHighPriority { get; }

    /// <summary>Set for events of which only the last counts to a reader who is behind: the next one of the same topic stands for it.</summary>
    public string? ProgressKey { get; }

    /// <summary>The payload as compact JSON.</summary>
    public ReadOnlyMemory<byte> Payload => _payload ??= FeedPayload.Write(_event);

    public bool GoesTo(FeedTransport transport) => _event.Channel switch
    {
        null => true,
        EventChannel.Sse => transport == FeedTransport.ServerSentEvents,
        _ => transport != FeedTransport.ServerSentEvents,
    };
}
