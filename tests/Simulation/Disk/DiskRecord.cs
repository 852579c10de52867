using EmbeddedOrleans.Storage;

namespace Waqtor.Simulation.Disk;

/// <summary>One record of the disk: the state of a grain, a reminder, or the mark of delivered ticks.</summary>
/// <param name="Payload">A grain's state.</param>
/// <param name="ETag">The version of that state.</param>
/// <param name="Reminder">A reminder.</param>
/// <param name="DeliveredUpTo">The mark.</param>
internal sealed record DiskRecord(
    byte[]? Payload = null, string? ETag = null, StoredReminder? Reminder = null, DateTime? DeliveredUpTo = null);
