using Orleans.Runtime;

namespace EmbeddedOrleans.Storage;

/// <summary>A reminder: ticks at <paramref name="StartAt"/> (UTC) + N x <paramref name="Period"/>.</summary>
public sealed record StoredReminder(GrainId GrainId, string Name, DateTime StartAt, TimeSpan Period);
