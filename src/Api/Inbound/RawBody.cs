using System.Text;
using System.Text.Unicode;

namespace Waqtor.Api.Inbound;

/// <summary>
/// A raw body as the text it is kept as: itself where it is UTF-8, else <c>base64:</c> and its bytes. A NUL goes the
/// second way too, because PostgreSQL's text cannot hold one.
/// </summary>
internal static class RawBody
{
    private const string Base64Prefix = "base64:";

    public static string Keep(ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body) && !body.Contains((byte)0) && !body.StartsWith("base64:"u8) ? Encoding.UTF8.GetString(body) : Base64Prefix + Convert.ToBase64String(body);

    public static byte[] Restore(string kept) =>
        kept.StartsWith(Base64Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(kept[Base64Prefix.Length..]) : Encoding.UTF8.GetBytes(kept);
}
