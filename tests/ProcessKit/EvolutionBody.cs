using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waqtor.ProcessKit;

/// <summary>
/// Bodies as Evolution API v2 sends them: every member of a masked capture of <c>messages.upsert</c> with a text, and
/// of <c>messages.update</c>, with the caller's ids put in.
/// </summary>
public static class EvolutionBody
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A customer's text.</summary>
    public static byte[] Text(string instance, string phone, string id, string text, string name = "Contato M. Macêdo")
    {
        var now = TimeProvider.System.GetUtcNow();
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            @event = "messages.upsert",
            instance,
            data = new
            {
                key = new { remoteJid = $"{phone}@s.whatsapp.net", fromMe = false, id },
                pushName = name,
                status = "DELIVERY_ACK",
                message = new
                {
                    conversation = text,
                    messageContextInfo = new
                    {
                        deviceListMetadata = new
                        {
                            senderKeyHash = "MASKEDMASKED==",
                            senderTimestamp = "1748701972",
                            senderAccountType = "E2EE",
                            receiverAccountType = "E2EE",
                            recipientKeyHash = "MASKEDMASKED==",
                            recipientTimestamp = "1748853187",
                        },
                        deviceListMetadataVersion = 2,
                        messageSecret = "TUFTS0VETUFTS0VETUFTS0VETUFTS0VETUFTS0VEMDA=",
                    },
                },
                messageType = "conversation",
                messageTimestamp = now.ToUnixTimeSeconds(),
                instanceId = "188cbb13-bcb7-4d5a-979d-ba0fe75a3ee9",
                source = "web",
            },
            destination = "https://receiver.example/webhook/evolution",
            date_time = now.UtcDateTime,
            sender = "5519900000009@s.whatsapp.net",
            server_url = "https://evolution.example",
            apikey = "00000000-0000-0000-0000-00000000MASK",
        }, Json);
    }

    /// <summary>What became of a message of ours: <c>SERVER_ACK</c>, <c>DELIVERY_ACK</c>, <c>READ</c> and the like.</summary>
    public static byte[] Status(string instance, string phone, string providerMessageId, string status) =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            @event = "messages.update",
            instance,
            data = new
            {
                keyId = providerMessageId,
                remoteJid = $"{phone}@s.whatsapp.net",
                fromMe = true,
                status,
                instanceId = "188cbb13-bcb7-4d5a-979d-ba0fe75a3ee9",
                messageId = "cmb0000000000000000000000",
            },
            destination = "https://receiver.example/webhook/evolution",
            date_time = TimeProvider.System.GetUtcNow().UtcDateTime,
            sender = "5519900000009@s.whatsapp.net",
            server_url = "https://evolution.example",
            apikey = (string?)null,
        }, Json);
}
