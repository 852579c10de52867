using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>What stands around a payload.</summary>
internal readonly record struct WahaEnvelope(JsonElement Json, string? RouteTo, WahaMessagePart Part)
{
    /// <summary>True when the address is the business's own, as far as the envelope tells its own.</summary>
    public bool IsMe(string? jid)
    {
        var address = ChatAddress.Parse(jid);
        if (address.Kind is not (ChatAddressKind.Phone or ChatAddressKind.Lid)) return false;
        var me = Json.Member("me"u8);
        return address == ChatAddress.Parse(me.Member("id"u8).Text())
            || address == ChatAddress.Parse(me.Member("lid"u8).Text())
            || address == ChatAddress.Parse(Json.Member("device_id"u8).Text());
    }
}
