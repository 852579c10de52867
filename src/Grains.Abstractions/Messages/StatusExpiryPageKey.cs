using System.Globalization;

namespace Waqtor.Messages;

/// <summary>Key of <see cref="IStatusExpiryPageGrain"/>: a shard, and its pages counted from 0.</summary>
public readonly record struct StatusExpiryPageKey(long Shard, long Page)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shard}/{Page}");

    /// <exception cref="FormatException">Not two numbers with a slash between them.</exception>
    public static StatusExpiryPageKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && long.TryParse(key.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            && long.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            ? new StatusExpiryPageKey(shard, page)
            : throw new FormatException("A status expiry page key is shard/page.");
    }
}
