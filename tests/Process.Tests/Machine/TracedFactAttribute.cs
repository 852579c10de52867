namespace Waqtor.Process.Tests.Machine;

/// <summary>A test that watches or disturbs system calls with <c>strace</c>; skipped where that is not permitted.</summary>
public sealed class TracedFactAttribute : FactAttribute
{
    private static readonly string? Missing = Command.Try("strace", "-f", "-e", "trace=fsync", "true");

    public TracedFactAttribute()
    {
        if (Missing is not null)
            Skip = "strace cannot be used here: " + Missing;
    }
}
