using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>Which messages to list; null members do not filter. Newest first.</summary>
public sealed record MessageFilter
{
    /// <summary>Names the caller may see; null: all.</summary>
    public IReadOnlyCollection<string>? AllowedInstances { get; init; }
    public string? Instance { get; init; }
    public string? ConversationId { get; init; }
    public MessageDirection? Direction { get; init; }
    public MessageStatus? Status { get; init; }
    public string? Search { get; init; }
    public string? Cursor { get; init; }
    /// <summary>1 to 200. Default: 50.</summary>
    public int Limit { get; init; } = 50;
    /// <summary>Oldest first, as a conversation is read. Default: newest first.</summary>
    public bool Ascending { get; init; }
}
