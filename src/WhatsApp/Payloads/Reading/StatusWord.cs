using System.Globalization;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// Every provider's word for how far a message got. Cloud API: sent, delivered, read, played, failed. WhatsApp Web
/// libraries: ERROR, PENDING, SERVER_ACK, DELIVERY_ACK, READ, PLAYED or 0 to 5. WAHA: ERROR, PENDING, SERVER, DEVICE,
/// READ, PLAYED or -1 to 4. Played counts as read; a word without a rank (deleted, warning) is null.
/// </summary>
internal static class StatusWord
{
    public static MessageStatus? Read(string word) => word.ToUpperInvariant() switch
    {
        "PENDING" or "QUEUED" or "ACCEPTED" => MessageStatus.Pending,
        "SENT" or "SERVER_ACK" or "SERVER" => MessageStatus.Sent,
        "DELIVERED" or "DELIVERY_ACK" or "DEVICE" => MessageStatus.Delivered,
        "READ" or "PLAYED" or "VIEWED" => MessageStatus.Read,
        "FAILED" or "ERROR" or "UNDELIVERED" or "REJECTED" => MessageStatus.Failed,
        _ => null,
    };

    /// <summary>Numbers of the WhatsApp Web protocol as Baileys writes them.</summary>
    public static MessageStatus? FromWebNumber(long number) => number switch
    {
        0 => MessageStatus.Failed,
        1 => MessageStatus.Pending,
        2 => MessageStatus.Sent,
        3 => MessageStatus.Delivered,
        4 or 5 => MessageStatus.Read,
        _ => null,
    };

    /// <summary>The same numbers as WAHA writes them, one lower.</summary>
    public static MessageStatus? FromAck(long ack) => FromWebNumber(ack + 1);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
