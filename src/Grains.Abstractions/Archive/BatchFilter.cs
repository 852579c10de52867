using Waqtor.Conversations;

namespace Waqtor.Archive;

/// <summary>Which batches to list; null members do not filter. Oldest first within a conversation, else newest first.</summary>
public sealed record BatchFilter
{
    /// <summary>Names the caller may see; null: all.</summary>
    public IReadOnlyCollection<string>? AllowedInstances { get; init; }
    public string? Instance { get; init; }
    public string? ConversationId { get; init; }
    public BatchStatus? Status { get; init; }
    public string? Cursor { get; init; }
    /// <summary>1 to 200. Default: 50.</summary>
    public int Limit { get; init; } = 50;
}
