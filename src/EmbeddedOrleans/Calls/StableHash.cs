namespace EmbeddedOrleans.Calls;

/// <summary>
/// A hash that is the same in every run, so that a replayed simulation meets its grains in the same order.
/// Its values differ from those of Orleans and must not be stored.
/// </summary>
internal static class StableHash
{
    public static uint ComputeHash(string value)
    {
        var hash = 2166136261u;
        foreach (var c in value)
        {
            hash = (hash ^ c) * 16777619u;
        }

        // FNV leaves the high bits weak for short keys; dictionaries and sharding use all of them.
        hash ^= hash >> 16;
        hash *= 0x7feb352du;
        return hash ^ (hash >> 15);
    }
}
