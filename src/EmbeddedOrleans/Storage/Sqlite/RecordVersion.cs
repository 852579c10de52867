using System.Globalization;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>
/// A stored record as its etag names it: the version, which never comes again, and the row, so that a write goes straight
/// to it instead of through the index over all names.
/// </summary>
internal readonly record struct RecordVersion(long Version, long Row)
{
    private const char Separator = '.';

    /// <summary>Of no record: what an etag that is not ours stands for.</summary>
    public static RecordVersion None => new(-1, -1);

    public static RecordVersion Parse(string etag)
    {
        var text = etag.AsSpan();
        var end = text.IndexOf(Separator);
        return end > 0
            && long.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && long.TryParse(text[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? new RecordVersion(version, row)
            : None;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}{Separator}{Row}");
}
