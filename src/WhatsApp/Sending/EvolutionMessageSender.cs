using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>Evolution API: <c>POST /message/sendText/{instance}</c>.</summary>
public sealed class EvolutionMessageSender(ProviderHttp http, IOptions<WhatsAppOptions> options, ILogger<EvolutionMessageSender> logger)
    : HttpMessageSender(ProviderKind.Evolution, http, options, logger)
{
    private protected override ProviderRequest BuildText(InstanceConfiguration instance, SendRequest request)
    {
        if (string.IsNullOrEmpty(instance.Settings.BaseUrl)) return ProviderRequest.Impossible("The instance has no baseUrl.");
        var number = request.Contact switch
        {
            { GroupId: { } group } => $"{group}@g.us",
            { Phone: { } phone } => phone,
            { Lid: { } lid } => $"{lid}@lid",
            _ => null,
        };
        if (number is null) return ProviderRequest.Impossible("The contact has no id that Evolution can address.");

        var body = new JsonBody(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("number"u8, number);
            writer.WriteString("text"u8, request.Text);
            if (request.QuotedProviderMessageId is { } quoted)
            {
                writer.WriteStartObject("quoted"u8);
                writer.WriteStartObject("key"u8);
                writer.WriteString("id"u8, quoted);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
        return ProviderRequest.Post(instance.Settings.BaseUrl,
            $"/message/sendText/{Uri.EscapeDataString(instance.Settings.ProviderInstance ?? instance.Name)}", body,
            ("apikey", instance.Credentials.ApiKey));
    }

    private protected override SentMessage? ReadSent(JsonElement answer, SendRequest request)
    {
        if (answer.IsArray()) answer = answer.GetArrayLength() > 0 ? answer[0] : default;
        if (!answer.IsObject()) return null;
        var key = EvolutionKey.Read(answer.Member("key"u8));
        var contact = key.Parties(null).Resolve(out _, out _);
        var known = request.Contact;
        var isNew = known.GroupId is null && contact is { GroupId: null }
            && ((contact.Phone is not null && contact.Phone != known.Phone) || (contact.Lid is not null && contact.Lid != known.Lid));
        return new SentMessage(key.Id, isNew ? contact : null);
    }

    // { status, error: "Bad Request", response: { message: "…" | ["…"] | [{ exists: false, number }] } }
    private protected override MessageError? ReadError(JsonElement answer)
    {
        var response = answer.Member("response"u8);
        var error = answer.Member("error"u8);
        if (!response.IsPresent() && !error.IsPresent()) return null;
        var message = response.Member("message"u8).IsPresent() ? response.Member("message"u8) : answer.Member("message"u8);
        if (message.IsArray()) message = message.GetArrayLength() > 0 ? message[0] : default;
        if (message.Member("exists"u8).Flag() == false) return new MessageError("not_on_whatsapp", "The number is not on WhatsApp.");
        var text = message.Word() ?? error.Member("message"u8).Word();
        var code = text?.Contains("Connection Closed", StringComparison.OrdinalIgnoreCase) == true ? "not_connected" : null;
        return new MessageError(code, text ?? error.Word() ?? "", text is null ? null : error.Word());
    }
}
