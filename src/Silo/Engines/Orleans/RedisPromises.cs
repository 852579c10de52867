namespace Waqtor.Silo.Engines;

/// <summary>What Redis must promise so that nothing acknowledged is lost (<c>docs/operating/scale-out.md</c>).</summary>
internal static class RedisPromises
{
    /// <summary>Which promises it does not make.</summary>
    /// <param name="persistence">What <c>INFO persistence</c> answers.</param>
    /// <param name="appendSync"><c>appendfsync</c>; null: it does not say.</param>
    /// <param name="evictionPolicy"><c>maxmemory-policy</c>; null: it does not say.</param>
    public static IReadOnlyList<string> FindMissing(string persistence, string? appendSync, string? evictionPolicy)
    {
        var missing = new List<string>();
        if (persistence.Contains("aof_enabled:0", StringComparison.Ordinal)) missing.Add("appendonly must be yes: what was acknowledged is lost when Redis ends.");
        else if (appendSync is not (null or "always")) missing.Add($"appendfsync is {appendSync}, not always: a crash of Redis' machine takes acknowledged messages.");
        if (evictionPolicy is not (null or "noeviction")) missing.Add($"maxmemory-policy is {evictionPolicy}, not noeviction: an evicted key is a lost conversation.");
        return missing;
    }
}
