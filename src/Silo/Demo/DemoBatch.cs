namespace Waqtor.Silo.Demo;

/// <summary>A batch as <c>GET /api/conversations/{id}/batches</c> gives it, as far as the demo looks.</summary>
internal sealed record DemoBatch(
    string Id, IReadOnlyList<string> MessageIds, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset? FlushedAt, string? Reason, string Status,
    int Attempts, DateTimeOffset? CompletedAt);
