using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>
/// Meta's Cloud API: <c>POST /v{N}/{phone-number-id}/messages</c>. It has no idempotency key; our ids go along as callback
/// data, so that statuses settle an attempt whose answer was lost.
/// </summary>
public sealed class CloudMessageSender(ProviderHttp http, IOptions<WhatsAppOptions> options, ILogger<CloudMessageSender> logger)
    : HttpMessageSender(ProviderKind.Cloud, http, options, logger)
{
    private protected override ProviderRequest BuildText(InstanceConfiguration instance, SendRequest request)
    {
        var contact = request.Contact;
        if (instance.Settings.PhoneNumberId is not { Length: > 0 } phoneNumberId)
            return ProviderRequest.Impossible("The instance has no phoneNumberId.");
        if (string.IsNullOrEmpty(instance.Credentials.AccessToken)) return ProviderRequest.Impossible("The instance has no accessToken.");
        if ((contact.GroupId ?? contact.Phone ?? contact.UserId) is null)
            return ProviderRequest.Impossible("The contact has no id that the Cloud API can address.");

        var body = new JsonBody(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("messaging_product"u8, "whatsapp"u8);
            writer.WriteString("recipient_type"u8, contact.GroupId is null ? "individual"u8 : "group"u8);
            if ((contact.GroupId ?? contact.Phone) is { } to) writer.WriteString("to"u8, to);
            else writer.WriteString("recipient"u8, contact.UserId);
            if (request.Offer is { } offer)
            {
                CloudInteractive.Write(writer, request.Text, offer);
            }
            else
            {
                writer.WriteString("type"u8, "text"u8);
                writer.WriteStartObject("text"u8);
                writer.WriteString("body"u8, request.Text);
                writer.WriteBoolean("preview_url"u8, false);
                writer.WriteEndObject();
            }

            if (request.QuotedProviderMessageId is { } quoted)
            {
                writer.WriteStartObject("context"u8);
                writer.WriteString("message_id"u8, quoted);
                writer.WriteEndObject();
            }

            writer.WriteString("biz_opaque_callback_data"u8, CallbackData.Write(request.MessageId, request.ConversationId));
            writer.WriteEndObject();
        });
        return ProviderRequest.Post(instance.Settings.BaseUrl ?? Options.CloudBaseUrl,
            $"/v{Options.CloudApiVersion}/{Uri.EscapeDataString(phoneNumberId)}/messages", body,
            ("Authorization", $"Bearer {instance.Credentials.AccessToken}"));
    }

    private protected override SentMessage? ReadSent(JsonElement answer, SendRequest request)
    {
        var messages = answer.Member("messages"u8);
        if (!messages.IsArray() || messages.GetArrayLength() == 0) return null;
        return messages[0].Member("id"u8).Identifier() is { } id ? new SentMessage(id, ReadContact(answer.Member("contacts"u8), request.Contact)) : null;
    }

    private protected override MessageError? ReadError(JsonElement answer)
    {
        var error = answer.Member("error"u8);
        return error.IsObject() ? CloudErrors.ReadOne(error) : null;
    }

    private static ContactIdentity? ReadContact(JsonElement contacts, ContactIdentity known)
    {
        if (known.GroupId is not null || !contacts.IsArray() || contacts.GetArrayLength() == 0) return null;
        var taught = new ContactIdentity
        {
            Phone = Phone.Read(contacts[0].Member("wa_id"u8).Text()),
            UserId = contacts[0].Member("user_id"u8).Word(256),
        };
        var isNew = (taught.Phone is not null && taught.Phone != known.Phone) || (taught.UserId is not null && taught.UserId != known.UserId);
        return isNew ? taught : null;
    }
}
