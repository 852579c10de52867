namespace Waqtor.ProcessKit;

/// <summary>A conversation as the list shows it.</summary>
public sealed record SeenConversation
{
    public required string Id { get; init; }
    public required SeenContact Contact { get; init; }
}

