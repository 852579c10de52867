using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>Evolution API: <c>POST /message/sendText|sendButtons|sendList/{instance}</c>.</summary>
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
            if (request.Offer is { } offer) WriteOffer(writer, request.Text, offer);
            else writer.WriteString("text"u8, request.Text);
            if (request.MentionedIds is { } mentioned) writer.WriteStrings("mentioned"u8, mentioned);
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
            $"/message/{ActionFor(request.Offer)}/{Uri.EscapeDataString(instance.Settings.ProviderInstance ?? instance.Name)}", body,
            ("apikey", instance.Credentials.ApiKey));
    }

    private static string ActionFor(Offer? offer) => offer switch { null => "sendText", { List: null } => "sendButtons", _ => "sendList" };

    // Both want a title; without a header it stays empty and the text stands alone.
    private static void WriteOffer(Utf8JsonWriter writer, string text, Offer offer)
    {
        writer.WriteString("title"u8, offer.Header ?? "");
        writer.WriteString("description"u8, text);
        if (offer.List is { } list)
        {
            writer.WriteString("buttonText"u8, list.Button);
            writer.WriteString("footerText"u8, offer.Footer ?? "");
            OfferSections.Write(writer, list, "rowId");
            return;
        }

        writer.WriteString("footer"u8, offer.Footer ?? "");
        writer.WriteStartArray("buttons"u8);
        foreach (var button in offer.Buttons)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "reply"u8);
            writer.WriteString("displayText"u8, button.Title);
            writer.WriteString("id"u8, button.Id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
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
