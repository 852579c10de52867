namespace Waqtor.Simulation.Time;

/// <summary>
/// A stream of numbers that is the same for the same seed in every version of .NET (SplitMix64). Each concern draws
/// from a stream of its own, so that one decision more in one of them does not change all others.
/// </summary>
internal sealed class SeededRandom : Random
{
    private ulong _state;

    public SeededRandom(long seed, string stream)
    {
        _state = (ulong)seed;
        foreach (var character in stream) _state = Mix(_state ^ character);
        Next64();
    }

    public ulong Next64() => Mix(_state += 0x9E3779B97F4A7C15);

    public override int Next() => (int)(Next64() >> 33);

    public override int Next(int maxValue) => maxValue <= 1 ? 0 : (int)(Next64() % (ulong)maxValue);

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    public override double NextDouble() => (Next64() >> 11) * (1.0 / (1UL << 53));

    protected override double Sample() => NextDouble();

    public bool Chance(double probability) => probability > 0 && NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Between both, in whole microseconds.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMicroseconds(Math.Floor(NextDouble() * ((most - least).TotalMicroseconds + 1)));

    /// <summary>Between both, in whole milliseconds.</summary>
    public TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(Next(least, most + 1));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
