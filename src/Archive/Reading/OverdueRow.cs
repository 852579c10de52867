namespace Waqtor.Archive;

internal sealed class OverdueRow
{
    public required string Id { get; init; }
    public required string ConversationId { get; init; }
    public long WakesAt { get; init; }

    public OverdueBatch ToOverdue() => new(Id, ConversationId, DateTimeOffset.FromUnixTimeMilliseconds(WakesAt));
}
