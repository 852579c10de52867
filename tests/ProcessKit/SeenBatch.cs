namespace Waqtor.ProcessKit;

/// <summary>A batch as the API shows it.</summary>
public sealed record SeenBatch
{
    public required string Id { get; init; }
    public required string ConversationId { get; init; }
    public required IReadOnlyList<string> MessageIds { get; init; }
    public required IReadOnlyList<string> ProviderMessageIds { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? FlushedAt { get; init; }
    public string? Reason { get; init; }
    public required string Status { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public string? Error { get; init; }
}
