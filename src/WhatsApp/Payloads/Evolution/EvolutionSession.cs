using System.Text.Json;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>What Evolution API tells of the connection.</summary>
internal static class EvolutionSession
{
    public static SessionUpdate Read(string eventName, JsonElement data) => eventName switch
    {
        "qrcode.updated" => ReadQrCode(data),
        "logout.instance" => new SessionUpdate { Status = SessionStatus.AuthFailure, Reason = "logged_out" },
        "remove.instance" => new SessionUpdate { Status = SessionStatus.Disconnected, Reason = "removed" },
        "status.instance" => ReadState(data.Member("status"u8).Word() ?? data.Member("state"u8).Word(), data.Member("disconnectionReasonCode"u8), data),
        _ => ReadState(data.Member("state"u8).Word(), data.Member("statusReason"u8), data),
    };

    private static SessionUpdate ReadState(string? state, JsonElement code, JsonElement data)
    {
        var status = state?.ToLowerInvariant() switch
        {
            "open" or "connected" => SessionStatus.Ready,
            "connecting" => SessionStatus.Connecting,
            // 401: logged out on the phone. 403: refused by WhatsApp. Both need a person.
            "close" or "closed" when code.Integer() is 401 or 403 => SessionStatus.AuthFailure,
            "close" or "closed" => SessionStatus.Disconnected,
            // Nobody scanned the code in time; Evolution asks to log in again.
            "refused" => SessionStatus.AuthFailure,
            _ => (SessionStatus?)null,
        };
        var phone = ChatAddress.Parse(data.Member("wuid"u8).Text());
        return new SessionUpdate
        {
            Status = status,
            Reason = status switch
            {
                SessionStatus.Ready => null,
                null => state ?? "unknown",
                _ when state == "refused" => "refused",
                _ => ReasonOf(code.Integer()),
            },
            Phone = phone.Kind == ChatAddressKind.Phone ? phone.Local : null,
            ProfileName = data.Member("profileName"u8).Word(256),
        };
    }

    private static SessionUpdate ReadQrCode(JsonElement data)
    {
        var code = data.Member("qrcode"u8);
        if (code.IsObject())
            return new SessionUpdate { QrCode = code.Member("code"u8).Word(4_096), PairingCode = code.Member("pairingCode"u8).Word() };
        return new SessionUpdate { Status = SessionStatus.AuthFailure, Reason = "qr_code_limit" };
    }

    // Disconnect reasons of the library beneath (Baileys).
    private static string? ReasonOf(long? code) => code switch
    {
        null or 200 => null,
        401 => "logged_out",
        403 => "forbidden",
        408 => "timed_out",
        411 => "multi_device_mismatch",
        428 => "connection_closed",
        440 => "connection_replaced",
        500 => "bad_session",
        503 => "unavailable",
        515 => "restart_required",
        _ => $"code_{StatusWord.Number(code.Value)}",
    };
}
