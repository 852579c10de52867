namespace Waqtor.Archive;

/// <summary>A batch or buffer that should have moved by now, as far as the archive knows.</summary>
public sealed record OverdueBatch(string BatchId, string ConversationId, DateTimeOffset DueAt);
