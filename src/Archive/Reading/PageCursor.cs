using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Waqtor.Archive;

/// <summary>
/// Where a page ended: the values its list is ordered by. Opaque to clients (base64url); it names its list, so that a
/// cursor of another list or another order is refused instead of skipping rows.
/// </summary>
internal readonly record struct PageCursor(long Position, string Id, long Sequence = 0)
{
    private const int LengthMax = 512;
    private const char Separator = '|';

    public string Encode(string list) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{list}{Separator}{Position}{Separator}{Sequence}{Separator}{Id}")));

    /// <exception cref="ArgumentException">Not a cursor of this list.</exception>
    public static PageCursor? Decode(string? cursor, string list)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        if (cursor.Length <= LengthMax && Base64Url.IsValid(cursor))
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator, 4);
            if (parts.Length == 4 && parts[0] == list
                && TryParse(parts[1], out var position) && TryParse(parts[2], out var sequence)
                && StoredText.Clean(parts[3]) == parts[3])
            {
                return new PageCursor(position, parts[3], sequence);
            }
        }

        throw new ArgumentException("The cursor does not belong to this list.", nameof(cursor));
    }

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
