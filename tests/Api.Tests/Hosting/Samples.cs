using System.Security.Cryptography;
using System.Text;

namespace Waqtor.Api.Tests.Hosting;

/// <summary>Bodies and signatures.</summary>
internal static class Samples
{
    public static string Generic(string id, string phone = "201000000001", string text = "hello") =>
        $$"""{"id":"{{id}}","from":"{{phone}}","text":"{{text}}"}""";

    /// <summary>A Cloud API delivery with one text per pair.</summary>
    public static string Cloud(params (string PhoneNumberId, string MessageId)[] messages) =>
        """{"object":"whatsapp_business_account","entry":[""" + string.Join(",", messages.Select(message => $$$"""
            {"id":"waba","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
            "metadata":{"display_phone_number":"15550000000","phone_number_id":"{{{message.PhoneNumberId}}}"},
            "contacts":[{"profile":{"name":"Sara"},"wa_id":"201000000001"}],
            "messages":[{"from":"201000000001","id":"{{{message.MessageId}}}","timestamp":"1767225600","type":"text","text":{"body":"hi"}}]}}]}
            """)) + "]}";

    /// <summary>An Evolution delivery of one text.</summary>
    public static string Evolution(string instance, string id, string jid = "201000000001@s.whatsapp.net", string? alt = null) => $$$"""
        {"event":"messages.upsert","instance":"{{{instance}}}","data":{"key":{"remoteJid":"{{{jid}}}",{{{(alt is null ? "" : $"\"remoteJidAlt\":\"{alt}\",")}}}"fromMe":false,"id":"{{{id}}}"},
        "pushName":"Sara","message":{"conversation":"hi"},"messageType":"conversation","messageTimestamp":1767225600}}
        """;

    public static string HubSignature(string secret, string body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
}
