using System.Text.Json;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary><c>session.status</c>: the state of a WAHA session.</summary>
internal static class WahaSession
{
    public static SessionUpdate Read(JsonElement envelope, JsonElement payload)
    {
        var word = payload.Member("status"u8).Word(64);
        var status = word switch
        {
            "WORKING" => SessionStatus.Ready,
            "STARTING" or "SCAN_QR_CODE" or "PASSKEY_REQUIRED" or "PASSKEY_CONFIRMATION_REQUIRED" => SessionStatus.Connecting,
            "STOPPED" => SessionStatus.Disconnected,
            // WAHA gave up: restart or log in again, both by a person.
            "FAILED" => SessionStatus.AuthFailure,
            _ => (SessionStatus?)null,
        };
        var me = envelope.Member("me"u8);
        var phone = ChatAddress.Parse(me.Member("id"u8).Text());
        return new SessionUpdate
        {
            Status = status,
            Reason = status == SessionStatus.Ready ? null : word?.ToLowerInvariant() ?? "unknown",
            PairingCode = word == "PASSKEY_CONFIRMATION_REQUIRED" ? payload.Member("data"u8).Member("code"u8).Identifier() : null,
            Phone = phone.Kind == ChatAddressKind.Phone ? phone.Local : null,
            ProfileName = me.Member("pushName"u8).Word(256),
        };
    }
}
