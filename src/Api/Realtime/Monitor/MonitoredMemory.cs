namespace Waqtor.Api.Realtime.Monitor;

/// <summary>The memory of the process, in bytes.</summary>
/// <param name="WorkingSet">As the system counts it.</param>
/// <param name="Managed">What the runtime holds.</param>
/// <param name="Queued">What waits for connections.</param>
public sealed record MonitoredMemory(long WorkingSet, long Managed, long Queued);
