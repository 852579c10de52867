namespace Waqtor.WhatsApp;

/// <summary>Stable codes of why an element is not stored although it could be read.</summary>
public static class IgnoredReason
{
    /// <summary>A contact's 24-hour story, not a message to the business.</summary>
    public const string StatusBroadcast = "status_broadcast";
    /// <summary>Sent to a broadcast list: an echo without one customer to show it at.</summary>
    public const string BroadcastList = "broadcast_list";
    public const string Newsletter = "newsletter";
    /// <summary>Says that the business read or received a customer's message.</summary>
    public const string InboundReceipt = "inbound_receipt";
    /// <summary>WhatsApp's own housekeeping (keys, history, settings), invisible to people.</summary>
    public const string Protocol = "protocol";
    /// <summary>"Two pictures follow": the pictures are messages of their own.</summary>
    public const string AlbumHeader = "album_header";
    /// <summary>Somebody types or is online.</summary>
    public const string Presence = "presence";
    /// <summary>Unread counts and the like, sent with every message.</summary>
    public const string ChatState = "chat_state";
    /// <summary>The gateway's debugging stream; what it tells comes as events too.</summary>
    public const string EngineDebug = "engine_debug";
    /// <summary>A container with nothing in it.</summary>
    public const string Empty = "empty";
}
