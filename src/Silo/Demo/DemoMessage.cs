namespace Waqtor.Silo.Demo;

/// <summary>A message as <c>GET /api/messages</c> gives it, as far as the demo looks.</summary>
internal sealed record DemoMessage(
    string Id, string? ProviderMessageId, string Direction, string? Text, string Status, DateTimeOffset Timestamp, IReadOnlyList<DemoStatus>? History)
{
    /// <summary>When a status was reached; null: not yet.</summary>
    public DateTimeOffset? At(string status) => History?.FirstOrDefault(change => change.Status == status)?.At;
}
