namespace Waqtor.Api.Conversations;

/// <param name="BatchId">What the buffer became; null when nothing was open.</param>
public sealed record FlushAnswer(string? BatchId);
