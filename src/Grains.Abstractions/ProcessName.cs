using Waqtor.Conversations;

namespace Waqtor;

/// <summary>
/// One life of one process, named anew with each start. A grain that comes back to memory tells by it whether what it once
/// began can still be running here, or ended with another process.
/// </summary>
public sealed record ProcessName(string Value)
{
    public static ProcessName New() => new(Guid.NewGuid().ToString("N"));

    /// <summary>Says when something is given away, for whoever may take it up in this process.</summary>
    public HandOver HandOver(TimeProvider clock) => new(Value, clock.GetTimestamp());

    /// <summary>When the time of what was given began to count, as a timestamp of this process: now, if another one gave it.</summary>
    public long BeganAt(HandOver? handOver, TimeProvider clock) =>
        handOver is not null && handOver.Process == Value ? handOver.Timestamp : clock.GetTimestamp();
}
