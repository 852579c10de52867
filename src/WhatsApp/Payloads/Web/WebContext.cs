using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>The <c>contextInfo</c> of the WhatsApp Web protocol: what is quoted, whether forwarded, which advertisement led here.</summary>
internal static class WebContext
{
    /// <summary>Null when it tells nothing, which is usual.</summary>
    public static MessageContent? Read(JsonElement context, WhatsAppOptions options)
    {
        if (!context.IsObject()) return null;
        var quoted = context.Member("stanzaId"u8, "stanzaID"u8).Identifier();
        var forwarded = context.Member("isForwarded"u8).Flag() == true || context.Member("forwardingScore"u8).Integer() > 0;
        var referral = context.Member("externalAdReply"u8);
        if (quoted is null && !forwarded && !referral.IsObject()) return null;
        return new MessageContent
        {
            QuotedProviderMessageId = quoted,
            Forwarded = forwarded,
            ReferralJson = referral.IsObject() ? RawJson.Keep(referral, options.RawJsonBytesMax) : null,
        };
    }

    /// <summary>The inner one, and where it is silent the outer one.</summary>
    public static MessageContent? Read(JsonElement inner, JsonElement outer, WhatsAppOptions options) =>
        Read(inner, options) ?? Read(outer, options);
}
