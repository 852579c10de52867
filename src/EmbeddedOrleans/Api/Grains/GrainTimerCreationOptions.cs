using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>How a grain timer ticks.</summary>
public readonly struct GrainTimerCreationOptions
{
    public GrainTimerCreationOptions()
    {
    }

    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first tick; zero is at once, infinite is never.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of one callback to the next; infinite means that there is no next.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether ticks may run while other requests await. Default: no.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether ticks count as use for idle collection. Default: no.</summary>
    public bool KeepAlive { get; init; }
}
