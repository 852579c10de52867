using Waqtor.Events;

namespace Waqtor.Realtime;

/// <summary>About how much memory an event takes; exact enough for a bound, and much cheaper than writing it out.</summary>
public static class EventSize
{
    private const int RecordBytes = 400;
    private const int MentionBytes = 80;

    public static int EstimateBytes(DomainEvent domainEvent)
    {
        var bytes = RecordBytes + Text(domainEvent.NoticeJson);
        if (domainEvent.Message is { } message)
        {
            bytes += RecordBytes + Text(message.Text) + Text(message.Content?.RawJson) + Text(message.Content?.ReferralJson)
                + MentionBytes * (message.Content?.MentionedIds?.Length ?? 0)
                + 100 * (message.History.Length + message.Errors.Length);
        }

        if (domainEvent.Batch is { } batch) bytes += RecordBytes + 80 * batch.MessageIds.Length + Text(batch.Error);
        if (domainEvent.Conversation is not null) bytes += 2 * RecordBytes;
        if (domainEvent.Status is { } status) bytes += RecordBytes + 100 * (status.History.Length + status.Errors.Length);
        if (domainEvent.Session is { } session) bytes += RecordBytes + Text(session.QrCode);
        if (domainEvent.Delivery is { } delivery) bytes += RecordBytes + Text(delivery.Raw) + 200 * delivery.Elements.Length;
        return bytes;
    }

    private static int Text(string? text) => 2 * (text?.Length ?? 0);
}
