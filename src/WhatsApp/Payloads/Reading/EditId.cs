using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waqtor.WhatsApp;

/// <summary>
/// The id of an edit that comes without one of its own: its target's is already that of a message. Of the time, because a customer
/// may come back to earlier words, and of the words, because the time may be of seconds or none; a redelivery has both the same.
/// </summary>
internal static class EditId
{
    private const int FingerprintBytes = 8;

    public static string Of(string target, DateTimeOffset? at, string? text) => at is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"edit:{target}:{time.ToUnixTimeMilliseconds()}:{Fingerprint(text)}")
        : $"edit:{target}:{Fingerprint(text)}";

    private static string Fingerprint(string? text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "")).AsSpan(0, FingerprintBytes));
}
