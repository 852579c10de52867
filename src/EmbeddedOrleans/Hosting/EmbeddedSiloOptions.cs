using System.Reflection;

namespace EmbeddedOrleans.Hosting;

/// <summary>Options that only the embedded engine has.</summary>
public sealed class EmbeddedSiloOptions
{
    /// <summary>
    /// Where to look for grain classes. Default: empty, which means the loaded assemblies that use the engine and what
    /// they refer to.
    /// </summary>
    public IList<Assembly> AssemblyList { get; } = [];

    /// <summary>How long a stopping silo waits for its activations to end. Default: 30 s.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Stream items that may wait for one subscriber before the oldest are dropped. Default: 10,000.</summary>
    public int StreamQueueMax { get; set; } = 10_000;

    /// <summary>
    /// Whether a call made within a span gets one of its own; set by <c>AddActivityPropagation</c>. Default: no.
    /// </summary>
    internal bool TracesCalls { get; set; }

    /// <summary>Reminder ticks that are delivered at the same time. Default: 256.</summary>
    public int ReminderDeliveriesMax { get; set; } = 256;
}
