using System.Buffers.Text;
using System.Text;

namespace Waqtor.Api.Lists;

/// <summary>
/// Where a page of a list by names ended: opaque (base64url), with the list's own name in it, so that any other text is
/// refused instead of skipping what sorts before it.
/// </summary>
internal static class NameCursor
{
    private const int LengthMax = 512;

    public static string Encode(string list, string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{list}|{name}"));

    /// <summary>The name; null: the list's begin.</summary>
    /// <exception cref="ArgumentException">Not a cursor of this list.</exception>
    public static string? Decode(string list, string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        if (cursor.Length <= LengthMax && Base64Url.IsValid(cursor))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            if (text.StartsWith($"{list}|", StringComparison.Ordinal)) return text[(list.Length + 1)..];
        }

        throw new ArgumentException("The cursor does not belong to this list.", nameof(cursor));
    }
}
