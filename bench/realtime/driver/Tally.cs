using System.Diagnostics;

namespace RealtimeBench;

/// <summary>What all clients of a run were told: how much, and how late.</summary>
internal sealed class Tally
{
    private const int SamplesMax = 4_000_000;

    private readonly float[] _milliseconds = new float[SamplesMax];
    private long _events;

    public long Events => Interlocked.Read(ref _events);

    public void Add(long sentAt)
    {
        var index = Interlocked.Increment(ref _events) - 1;
        if (index < SamplesMax) _milliseconds[index] = (float)Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds;
    }

    /// <summary>Forgets what was told so far.</summary>
    public void Clear() => Interlocked.Exchange(ref _events, 0);

    public (double P50, double P99, double Max) Percentiles()
    {
        var count = (int)Math.Min(Events, SamplesMax);
        if (count == 0) return (double.NaN, double.NaN, double.NaN);
        var sorted = _milliseconds.AsSpan(0, count).ToArray();
        Array.Sort(sorted);
        return (sorted[(int)((count - 1) * 0.50)], sorted[(int)((count - 1) * 0.99)], sorted[^1]);
    }
}
