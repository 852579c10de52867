using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>Our own small JSON, posted to the instance's <c>baseUrl</c>; see <c>docs/reference/generic-webhook.md</c>.</summary>
public sealed class GenericMessageSender(ProviderHttp http, IOptions<WhatsAppOptions> options, ILogger<GenericMessageSender> logger)
    : HttpMessageSender(ProviderKind.Generic, http, options, logger)
{
    private protected override bool EmptyAnswerIsSent => true;

    private protected override ProviderRequest BuildText(InstanceConfiguration instance, SendRequest request)
    {
        if (string.IsNullOrEmpty(instance.Settings.BaseUrl)) return ProviderRequest.Impossible("The instance has no baseUrl.");
        var contact = request.Contact;
        var body = new JsonBody(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("messageId"u8, request.MessageId);
            writer.WriteString("conversationId"u8, request.ConversationId);
            writer.WriteNumber("attempt"u8, request.Attempt);
            writer.WriteStartObject("to"u8);
            if (contact.Phone is { } phone) writer.WriteString("phone"u8, phone);
            if (contact.Lid is { } lid) writer.WriteString("lid"u8, lid);
            if (contact.UserId is { } userId) writer.WriteString("userId"u8, userId);
            if (contact.GroupId is { } groupId) writer.WriteString("groupId"u8, groupId);
            writer.WriteEndObject();
            writer.WriteString("kind"u8, request.Offer switch { null => "text"u8, { List: null } => "buttons"u8, _ => "list"u8 });
            writer.WriteString("text"u8, request.Text);
            if (request.Offer is { } offer) WriteOffer(writer, offer);
            if (request.MentionedIds is { } mentioned) writer.WriteStrings("mentionedIds"u8, mentioned);
            if (request.QuotedProviderMessageId is { } quoted) writer.WriteString("replyTo"u8, quoted);
            writer.WriteEndObject();
        });
        var secret = instance.Credentials.WebhookSecret;
        var signature = string.IsNullOrEmpty(secret) ? null : WaqtorWebhookVerifier.Sign(secret, body.Json);
        return ProviderRequest.Post(instance.Settings.BaseUrl, "", body,
            (WaqtorWebhookVerifier.HeaderName, signature), ("X-Api-Key", instance.Credentials.ApiKey));
    }

    private static void WriteOffer(Utf8JsonWriter writer, Offer offer)
    {
        writer.WriteStartObject("offer"u8);
        if (!string.IsNullOrEmpty(offer.Header)) writer.WriteString("header"u8, offer.Header);
        if (!string.IsNullOrEmpty(offer.Footer)) writer.WriteString("footer"u8, offer.Footer);
        if (offer.List is { } list)
        {
            writer.WriteStartObject("list"u8);
            writer.WriteString("button"u8, list.Button);
            OfferSections.Write(writer, list, "id");
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray("buttons"u8);
            foreach (var button in offer.Buttons)
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, button.Id);
                writer.WriteString("title"u8, button.Title);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private protected override SentMessage? ReadSent(JsonElement answer, SendRequest request) =>
        answer.IsObject() ? new SentMessage(answer.Member("id"u8).Identifier()) : null;

    private protected override MessageError? ReadError(JsonElement answer)
    {
        var error = answer.Member("error"u8);
        if (error.IsObject()) return CloudErrors.ReadOne(error);
        return error.Word() is { } text ? new MessageError(null, text) : null;
    }
}
