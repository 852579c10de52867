using System.Globalization;

namespace Waqtor.Simulation.Time;

/// <summary>Ids that are the same in each run of a seed, in the form of the product's own.</summary>
internal sealed class SeededIds(VirtualTime time, SeededRandom random) : IIdSource
{
    private long _last;

    public string New(string prefix)
    {
        var milliseconds = time.Wall.ToUnixTimeMilliseconds();
        var low = random.Next64();
        return string.Create(CultureInfo.InvariantCulture,
            $"{prefix}_{milliseconds >> 16:x8}-{milliseconds & 0xffff:x4}-7{++_last & 0xfff:x3}-8{(low >> 48) & 0xfff:x3}-{low & 0xffffffffffff:x12}");
    }
}
