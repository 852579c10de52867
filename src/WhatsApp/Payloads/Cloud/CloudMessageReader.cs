using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>One of a change's <c>messages</c>, or of its <c>message_echoes</c> (typed in the business's own app).</summary>
internal sealed class CloudMessageReader(WhatsAppOptions options)
{
    private const int IdCharactersMax = 256;

    public DeliveryElement Read(JsonElement message, string path, CloudValue value)
    {
        var from = message.Member("from"u8).Word(IdCharactersMax);
        // A notice that a user's id changed names the id under which the conversation is known only inside.
        var userId = message.Member("from_user_id"u8).Word(IdCharactersMax)
            ?? (from is null ? message.Member("system"u8).Member("previous_user_id"u8).Word(IdCharactersMax) : null);
        var contact = CloudContact.Read(from, userId, message.Member("from_parent_user_id"u8).Word(IdCharactersMax),
            message.Member("group_id"u8).Word(IdCharactersMax), value);
        return Element(message, path, value, contact, fromMe: false);
    }

    public DeliveryElement ReadEcho(JsonElement message, string path, CloudValue value)
    {
        var contact = CloudContact.Read(message.Member("to"u8).Word(IdCharactersMax), message.Member("to_user_id"u8).Word(IdCharactersMax),
            message.Member("to_parent_user_id"u8).Word(IdCharactersMax), message.Member("group_id"u8).Word(IdCharactersMax), value);
        return Element(message, path, value, contact, fromMe: true);
    }

    private DeliveryElement Element(JsonElement message, string path, CloudValue value, ContactIdentity contact, bool fromMe)
    {
        var id = message.Member("id"u8).Identifier();
        var problem = DeliveryProblem.OfMessageId(id) ?? (contact.IsEmpty ? DeliveryProblem.MissingSender : null);
        if (problem is not null) return new DeliveryElement { Path = path, RouteTo = value.RouteTo, Problem = problem };

        var body = ReadBody(message, value);
        return new DeliveryElement
        {
            Path = path,
            RouteTo = value.RouteTo,
            Message = new InboundMessage
            {
                ProviderMessageId = id!,
                Contact = contact,
                Kind = body.Kind,
                Text = body.Text,
                Content = body.Content,
                SentAt = ProviderTime.Read(message.Member("timestamp"u8)),
                FromMe = fromMe,
            },
        };
    }

    private Body ReadBody(JsonElement message, CloudValue value)
    {
        var shared = ReadShared(message);
        if (!message.IsObject()) return new Body(MessageKind.Unsupported, null, shared);
        var type = message.Member("type"u8).Word(64);
        var part = type is not null && message.TryGetProperty(type, out var named) ? named : default;
        return type switch
        {
            "text" when part.IsObject() => new(MessageKind.Text, part.Member("body"u8).Text(), shared),
            null when message.Member("text"u8).Member("body"u8).Text() is { } text => new(MessageKind.Text, text, shared),
            "image" when part.IsObject() => Media(MessageKind.Image, part, shared),
            "video" when part.IsObject() => Media(MessageKind.Video, part, shared),
            "audio" when part.IsObject() => Media(part.Member("voice"u8).Flag() == true ? MessageKind.Voice : MessageKind.Audio, part, shared),
            "voice" when part.IsObject() => Media(MessageKind.Voice, part, shared),
            "document" when part.IsObject() => Media(MessageKind.Document, part, shared),
            "sticker" when part.IsObject() => Media(MessageKind.Sticker, part, shared),
            "interactive" => ReadInteractive(message, part, value, shared),
            "button" when part.IsObject() => ReadTemplateReply(part, shared),
            "reaction" when part.IsObject() => new(MessageKind.Reaction, null, Some(shared) with
            {
                Reaction = new ReactionContent(part.Member("emoji"u8).Word(64)),
                TargetProviderMessageId = part.Member("message_id"u8).Identifier(),
            }),
            "location" => ReadLocation(message, part, shared),
            "contacts" when part.IsPresent() => Raw(MessageKind.Contacts, null, part, shared),
            "order" when part.IsObject() => Raw(MessageKind.Order, part.Member("text"u8).Word(65_536), part, shared),
            "edit" when part.IsObject() => new(MessageKind.Edited, ReadBody(part.Member("message"u8), value).Text, Target(shared, part)),
            "revoke" when part.IsObject() => new(MessageKind.Deleted, null, Target(shared, part)),
            "system" when part.IsObject() => Raw(MessageKind.System, part.Member("body"u8).Word(4_096), part, shared),
            // The customer opened the chat for the first time and has not written yet.
            "request_welcome" => Raw(MessageKind.System, null, message, shared),
            _ => Unsupported(message, value, shared),
        };
    }

    private Body ReadInteractive(JsonElement message, JsonElement part, CloudValue value, MessageContent? shared)
    {
        if (part.Member("button_reply"u8) is { ValueKind: JsonValueKind.Object } button)
            return Chosen(MessageKind.ButtonReply, shared, new InteractiveContent(button.Member("id"u8).Word(), button.Member("title"u8).Word()));
        if (part.Member("list_reply"u8) is { ValueKind: JsonValueKind.Object } row)
        {
            return Chosen(MessageKind.ListReply, shared,
                new InteractiveContent(row.Member("id"u8).Word(), row.Member("title"u8).Word(), row.Member("description"u8).Word()));
        }

        if (part.Member("nfm_reply"u8) is { ValueKind: JsonValueKind.Object } form)
        {
            var title = form.Member("body"u8).Word();
            return Chosen(MessageKind.FlowReply, shared, new InteractiveContent(form.Member("name"u8).Word(), title,
                ResponseJson: form.Member("response_json"u8).Text()));
        }

        return Unsupported(message, value, shared);
    }

    private static Body ReadTemplateReply(JsonElement part, MessageContent? shared)
    {
        var payload = part.Member("payload"u8).Word();
        return Chosen(MessageKind.TemplateReply, shared, new InteractiveContent(payload, part.Member("text"u8).Word(), Payload: payload));
    }

    private Body ReadLocation(JsonElement message, JsonElement part, MessageContent? shared)
    {
        var location = LocationReading.Read(part, part.Member("latitude"u8).Real(), part.Member("longitude"u8).Real());
        return location is null
            ? Raw(MessageKind.Location, null, part.IsPresent() ? part : message, shared)
            : new Body(MessageKind.Location, null, Some(shared) with { Location = location });
    }

    private static Body Media(MessageKind kind, JsonElement part, MessageContent? shared)
    {
        var caption = part.Member("caption"u8).Text();
        if (caption is "") caption = null;
        return new Body(kind, caption, Some(shared) with
        {
            Media = new MediaContent
            {
                ProviderId = part.Member("id"u8).Identifier(),
                Url = part.Member("url"u8, "link"u8).Word(4_096),
                MimeType = part.Member("mime_type"u8).Word(),
                Sha256 = part.Member("sha256"u8).Word(),
                FileName = part.Member("filename"u8).Word(),
                Caption = caption,
                SizeBytes = part.Member("file_size"u8).Integer(),
                Animated = part.Member("animated"u8).Flag() == true,
            },
        });
    }

    private Body Unsupported(JsonElement message, CloudValue value, MessageContent? shared)
    {
        var errors = CloudErrors.Read(message.Member("errors"u8));
        // An error beside the only message of a change is about that message.
        if (errors.IsEmpty && value.ElementCount == 1) errors = CloudErrors.Read(value.Errors);
        var body = Raw(MessageKind.Unsupported, null, message, shared);
        return errors.IsEmpty ? body : body with { Content = body.Content! with { Error = errors[0] } };
    }

    // Quotation, forwarding and advertisement, which every kind may carry.
    private MessageContent? ReadShared(JsonElement message)
    {
        var context = message.Member("context"u8);
        var quoted = context.Member("id"u8).Identifier();
        var forwarded = context.Member("forwarded"u8).Flag() == true || context.Member("frequently_forwarded"u8).Flag() == true;
        var referral = message.Member("referral"u8);
        if (!referral.IsPresent()) referral = context.Member("referred_product"u8);
        if (quoted is null && !forwarded && !referral.IsPresent()) return null;
        return new MessageContent
        {
            QuotedProviderMessageId = quoted,
            Forwarded = forwarded,
            ReferralJson = referral.IsPresent() ? RawJson.Keep(referral, options.RawJsonBytesMax) : null,
        };
    }

    private static Body Chosen(MessageKind kind, MessageContent? shared, InteractiveContent chosen) =>
        new(kind, chosen.Title, Some(shared) with { Interactive = chosen });

    private Body Raw(MessageKind kind, string? text, JsonElement json, MessageContent? shared) =>
        new(kind, text, Some(shared) with { RawJson = RawJson.Keep(json, options.RawJsonBytesMax) });

    private static MessageContent Target(MessageContent? shared, JsonElement part) =>
        Some(shared) with { TargetProviderMessageId = part.Member("original_message_id"u8).Identifier() };

    private static MessageContent Some(MessageContent? content) => content ?? new MessageContent();

    private readonly record struct Body(MessageKind Kind, string? Text, MessageContent? Content);
}
