using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Waqtor.Api.Devices;

/// <summary>
/// Short-lived tokens for devices, sealed with this server's keys: they name one session of one instance and their own
/// end, so that no secret of the operator ever lies in a public page.
/// </summary>
internal sealed class DeviceTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Prefix = "wdt_";
    private const int CharactersMax = 2_048;

    private readonly IDataProtector _protector = protection.CreateProtector("waqtor.device-token.v1");

    public string Make(DeviceCaller caller) =>
        Prefix + Base64Url.EncodeToString(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(caller)));

    /// <summary>Null: not one of ours, changed, or over.</summary>
    public DeviceCaller? Read(string token)
    {
        if (token.Length > CharactersMax || !token.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        try
        {
            var caller = JsonSerializer.Deserialize<DeviceCaller>(_protector.Unprotect(Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length))));
            return caller?.ExpiresAt > clock.GetUtcNow() ? caller : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            // Whoever made it, it was not this server: the same answer as to any wrong key.
            return null;
        }
    }
}
