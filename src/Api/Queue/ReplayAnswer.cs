namespace Waqtor.Api.Queue;

/// <param name="Replayed">Dead letters queued again.</param>
public sealed record ReplayAnswer(int Replayed);
