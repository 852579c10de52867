using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>WAHA: <c>POST /api/sendText|sendButtons|sendList</c>. The id in its answer is brought to the form its acks are brought to (<see cref="WahaMessageId"/>).</summary>
public sealed class WahaMessageSender(ProviderHttp http, IOptions<WhatsAppOptions> options, ILogger<WahaMessageSender> logger)
    : HttpMessageSender(ProviderKind.Waha, http, options, logger)
{
    private protected override ProviderRequest BuildText(InstanceConfiguration instance, SendRequest request)
    {
        if (string.IsNullOrEmpty(instance.Settings.BaseUrl)) return ProviderRequest.Impossible("The instance has no baseUrl.");
        var chatId = request.Contact switch
        {
            { GroupId: { } group } => $"{group}@g.us",
            { Phone: { } phone } => $"{phone}@c.us",
            { Lid: { } lid } => $"{lid}@lid",
            _ => null,
        };
        if (chatId is null) return ProviderRequest.Impossible("The contact has no id that WAHA can address.");

        var body = new JsonBody(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("session"u8, instance.Settings.ProviderInstance ?? instance.Name);
            writer.WriteString("chatId"u8, chatId);
            if (request.Offer is { } offer) WriteOffer(writer, request.Text, offer);
            else writer.WriteString("text"u8, request.Text);
            // Whole addresses here, also of phones.
            if (request.MentionedIds is { } mentioned)
                writer.WriteStrings("mentions"u8, mentioned.Select(id => id.Contains('@', StringComparison.Ordinal) ? id : $"{id}@c.us"));
            if (request.QuotedProviderMessageId is { } quoted)
            {
                // Our own messages are stored by their bare id; WAHA wants the whole one.
                var id = WahaMessageId.Parse(quoted);
                writer.WriteString("reply_to"u8, id.FromMe is null && id.Chat is null ? $"true_{chatId}_{quoted}" : quoted);
            }

            writer.WriteEndObject();
        });
        return ProviderRequest.Post(instance.Settings.BaseUrl, $"/api/{ActionFor(request.Offer)}", body, ("X-Api-Key", instance.Credentials.ApiKey));
    }

    private static string ActionFor(Offer? offer) => offer switch { null => "sendText", { List: null } => "sendButtons", _ => "sendList" };

    private static void WriteOffer(Utf8JsonWriter writer, string text, Offer offer)
    {
        if (offer.List is { } list)
        {
            writer.WriteStartObject("message"u8);
            writer.WriteString("title"u8, offer.Header ?? "");
            writer.WriteString("description"u8, text);
            writer.WriteString("footer"u8, offer.Footer ?? "");
            writer.WriteString("button"u8, list.Button);
            OfferSections.Write(writer, list, "rowId");
            writer.WriteEndObject();
            return;
        }

        if (!string.IsNullOrEmpty(offer.Header)) writer.WriteString("header"u8, offer.Header);
        writer.WriteString("body"u8, text);
        if (!string.IsNullOrEmpty(offer.Footer)) writer.WriteString("footer"u8, offer.Footer);
        writer.WriteStartArray("buttons"u8);
        foreach (var button in offer.Buttons)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "reply"u8);
            writer.WriteString("text"u8, button.Title);
            writer.WriteString("id"u8, button.Id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private protected override SentMessage? ReadSent(JsonElement answer, SendRequest request)
    {
        if (!answer.IsObject()) return null;
        var id = WahaMessageId.Read(answer.Member("id"u8))
            ?? WahaMessageId.Read(answer.Member("key"u8))
            ?? WahaMessageId.Read(answer.Member("_data"u8).Member("id"u8))
            ?? WahaMessageId.Read(answer.Member("results"u8).Member("message_id"u8));
        return new SentMessage(id?.Bare);
    }

    // { statusCode, message: "…" | […], error: "…" }; 422 with { error, session, status, expected } when the session is not up.
    private protected override MessageError? ReadError(JsonElement answer)
    {
        var error = answer.Member("error"u8);
        if (!error.IsPresent() && !answer.Member("statusCode"u8).IsPresent()) return null;
        if (answer.Member("expected"u8).IsArray())
            return new MessageError("session_not_working", "The session is not working.", answer.Member("status"u8).Word(64));
        var message = answer.Member("message"u8);
        if (message.IsArray()) message = message.GetArrayLength() > 0 ? message[0] : default;
        var code = error.Member("code"u8).Identifier() ?? answer.Member("code"u8).Identifier();
        return new MessageError(code, message.Word() ?? error.Word() ?? error.Member("message"u8).Word() ?? "", message.Word() is null ? null : error.Word());
    }
}
