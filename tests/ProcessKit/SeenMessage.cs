namespace Waqtor.ProcessKit;

/// <summary>A message as the API shows it.</summary>
public sealed record SeenMessage
{
    public required string Id { get; init; }
    public string? ProviderMessageId { get; init; }
    public required string ConversationId { get; init; }
    public required string Direction { get; init; }
    public required string Kind { get; init; }
    public string? Text { get; init; }
    public required string Status { get; init; }
    public string? BatchId { get; init; }
    public bool Doubtful { get; init; }
}
