namespace Waqtor.Archive;

/// <summary>Which conversations to list; null members do not filter. Newest activity first.</summary>
public sealed record ConversationFilter
{
    /// <summary>Names the caller may see; null: all.</summary>
    public IReadOnlyCollection<string>? AllowedInstances { get; init; }
    public string? Instance { get; init; }
    /// <summary>Part of a name, a phone number or a message's text.</summary>
    public string? Search { get; init; }
    public bool? Unread { get; init; }
    public bool? Paused { get; init; }
    /// <summary>Digits only.</summary>
    public string? Phone { get; init; }
    public string? Cursor { get; init; }
    /// <summary>1 to 200. Default: 50.</summary>
    public int Limit { get; init; } = 50;
}
