using System.ComponentModel.DataAnnotations;

namespace Waqtor.Messages;

/// <summary>Limits of what is kept of a message's statuses: section <c>Waqtor:Messages</c>.</summary>
public sealed class MessageStatusOptions
{
    public const string Section = "Messages";

    /// <summary>Lines of a message's status history. Default: 50.</summary>
    [Range(10, 1_000)]
    public int HistoryMax { get; set; } = 50;

    /// <summary>Different errors kept of a message. Default: 20.</summary>
    [Range(1, 1_000)]
    public int ErrorsMax { get; set; } = 20;

    /// <summary>
    /// Days that statuses of a message can still raise it after its last one; then what is kept for that is removed, a
    /// day or two later. The archive keeps the message. WhatsApp reads can come late. Default: 30.
    /// </summary>
    [Range(1, 3_650)]
    public int StatusDays { get; set; } = 30;

    /// <summary>Registers, beside each other, of what is to be removed some day. Default: 16.</summary>
    [Range(1, 256)]
    public int ExpiryShards { get; set; } = 16;

    /// <summary>Messages that such a register holds in one piece. Default: 100.</summary>
    [Range(10, 1_000)]
    public int ExpiryPageKeysMax { get; set; } = 100;

    /// <summary>Messages that a register removes at the same time. Default: 16.</summary>
    [Range(1, 1_000)]
    public int ExpiryCallsMax { get; set; } = 16;
}
