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
}
