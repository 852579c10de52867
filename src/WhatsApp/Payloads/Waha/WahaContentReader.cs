using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// What a WAHA message says. Its own fields (<c>body</c>, <c>media</c>, <c>location</c>, <c>vCards</c>) come first; what they do not
/// tell is read from <c>_data</c>: the protocol's message (NOWEB, GOWS) or the web client's fields (WEBJS).
/// </summary>
internal sealed class WahaContentReader(WhatsAppOptions options)
{
    private readonly WebMessageReader _web = new(options);

    public WebContent Read(JsonElement message, WahaMessageId id, WahaEnvelope envelope)
    {
        var data = message.Member("_data"u8);
        var protocol = data.Member("message"u8, "Message"u8);
        var web = protocol.IsObject() ? _web.Read(protocol, default) : null;
        var body = message.Member("body"u8).Text();
        var shared = ReadShared(message, web, id, envelope);
        var media = message.Member("media"u8);

        if (media.IsObject() || message.Member("hasMedia"u8).Flag() == true) return ReadMedia(media, body, data, web, shared);
        if (GowaContent.Read(message, body, shared, options) is { } gowa) return gowa;
        if (ReadLocation(message.Member("location"u8), body, shared) is { } place) return place;
        if (message.Member("vCards"u8) is { ValueKind: JsonValueKind.Array } cards && cards.GetArrayLength() > 0)
            return Raw(MessageKind.Contacts, null, cards, shared);
        if (web is { Ignored: not null } or { Kind: not (MessageKind.Text or MessageKind.Unsupported) }) return Refer(web, id);
        if (ReadWebJs(data, body, shared) is { } chosen) return chosen;
        if (!string.IsNullOrEmpty(body)) return new WebContent { Kind = MessageKind.Text, Text = body, Content = shared };
        if (web is { Kind: MessageKind.Text }) return web with { Content = shared };
        return Raw(MessageKind.Unsupported, null, message, shared);
    }

    public WebContent ReadVote(JsonElement vote, JsonElement payload, WahaMessageId id)
    {
        var options = vote.Member("selectedOptions"u8);
        var chosen = new List<string>();
        if (options.IsArray())
        {
            foreach (var option in options.EnumerateArray())
            {
                if ((option.Word() ?? option.Member("name"u8).Word()) is { } word) chosen.Add(word);
            }
        }

        var poll = WahaMessageId.Read(payload.Member("poll"u8).Member("id"u8));
        var target = poll is { } known ? id.Refer(known.Raw, targetFromMe: true) : null;
        var content = Raw(MessageKind.Poll, chosen.Count == 0 ? null : string.Join(", ", chosen), payload, null);
        return content with { Content = content.Content! with { TargetProviderMessageId = target, QuotedProviderMessageId = target } };
    }

    /// <summary>The text of a message that has no <c>body</c> of its own.</summary>
    public string? ReadText(JsonElement message)
    {
        var protocol = message.Member("_data"u8).Member("message"u8, "Message"u8);
        return protocol.IsObject() ? _web.Read(protocol, default).Text : null;
    }

    private static MessageContent? ReadShared(JsonElement message, WebContent? web, WahaMessageId id, WahaEnvelope envelope)
    {
        var reply = message.Member("replyTo"u8);
        var quoted = WahaMessageId.Read(reply.Member("id"u8))?.Raw ?? message.Member("replied_to_id"u8).Identifier();
        // A bare id does not say whose message it is; the participant does.
        var author = reply.Member("participant"u8).Text();
        if (quoted is not null) quoted = id.Refer(quoted, targetFromMe: author is null || envelope.IsMe(author));
        else if (web?.Content?.QuotedProviderMessageId is { } stanza) quoted = id.Refer(stanza, targetFromMe: true);

        var forwarded = message.Member("forwarded"u8).Flag() == true || message.Member("_data"u8).Member("isForwarded"u8).Flag() == true
            || web?.Content?.Forwarded == true;
        var referral = web?.Content?.ReferralJson;
        return quoted is null && !forwarded && referral is null
            ? null
            : new MessageContent { QuotedProviderMessageId = quoted, Forwarded = forwarded, ReferralJson = referral };
    }

    private static WebContent ReadMedia(JsonElement media, string? body, JsonElement data, WebContent? web, MessageContent? shared)
    {
        var type = media.Member("mimetype"u8).Word() ?? web?.Content?.Media?.MimeType;
        var caption = string.IsNullOrEmpty(body) ? null : body;
        return new WebContent
        {
            Kind = KindOf(type, data.Member("type"u8).Text(), web),
            Text = caption,
            MediaBytes = Base64File.Read(media.Member("data"u8)) ?? web?.MediaBytes,
            Content = (shared ?? new MessageContent()) with
            {
                Media = new MediaContent
                {
                    Url = media.Member("url"u8).Word(4_096),
                    MimeType = type,
                    FileName = media.Member("filename"u8).Word(),
                    Caption = caption,
                    SizeBytes = web?.Content?.Media?.SizeBytes,
                    DurationSeconds = web?.Content?.Media?.DurationSeconds,
                    Animated = web?.Content?.Media?.Animated == true,
                },
            },
        };
    }

    private static MessageKind KindOf(string? mimeType, string? webJsType, WebContent? web)
    {
        if (web is { Content.Media: not null }) return web.Kind;
        switch (webJsType)
        {
            case "sticker": return MessageKind.Sticker;
            case "ptt": return MessageKind.Voice;
            case "document": return MessageKind.Document;
        }

        var type = mimeType ?? "";
        if (type.StartsWith("image/webp", StringComparison.OrdinalIgnoreCase)) return MessageKind.Sticker;
        if (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)) return MessageKind.Image;
        if (type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)) return MessageKind.Video;
        if (!type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)) return MessageKind.Document;
        // WhatsApp records voice notes as Opus; files that people attach are hardly ever.
        return type.Contains("opus", StringComparison.OrdinalIgnoreCase) ? MessageKind.Voice : MessageKind.Audio;
    }

    private static WebContent? ReadLocation(JsonElement location, string? body, MessageContent? shared)
    {
        var place = LocationReading.Read(location, location.Member("latitude"u8).Real(), location.Member("longitude"u8).Real());
        if (place is null) return null;
        place = place with { Name = place.Name ?? location.Member("description"u8).Word() ?? (string.IsNullOrEmpty(body) ? null : body) };
        return new WebContent { Kind = MessageKind.Location, Content = (shared ?? new MessageContent()) with { Location = place } };
    }

    // The web client's own fields for what was tapped.
    private static WebContent? ReadWebJs(JsonElement data, string? body, MessageContent? shared)
    {
        var type = data.Member("type"u8).Text();
        var list = data.Member("listResponse"u8);
        return type switch
        {
            "buttons_response" => Chosen(MessageKind.ButtonReply, new InteractiveContent(data.Member("selectedButtonId"u8).Word(), body)),
            "template_button_reply" => Chosen(MessageKind.TemplateReply, new InteractiveContent(data.Member("selectedId"u8).Word(), body)),
            "list_response" => Chosen(MessageKind.ListReply, new InteractiveContent(
                list.Member("singleSelectReply"u8).Member("selectedRowId"u8).Word(), list.Member("title"u8).Word() ?? body,
                list.Member("description"u8).Word())),
            _ => null,
        };

        WebContent Chosen(MessageKind kind, InteractiveContent chosen) =>
            new() { Kind = kind, Text = chosen.Title, Content = (shared ?? new MessageContent()) with { Interactive = chosen } };
    }

    // Inside the protocol's message ids are bare; stored messages are found by WAHA's form of them.
    private static WebContent Refer(WebContent content, WahaMessageId id)
    {
        if (content.Content is not { } inner) return content;
        var targetFromMe = content.Kind is MessageKind.Reaction or MessageKind.Poll;
        return content with
        {
            Content = inner with
            {
                TargetProviderMessageId = inner.TargetProviderMessageId is { } target ? id.Refer(target, targetFromMe) : null,
                QuotedProviderMessageId = inner.QuotedProviderMessageId is { } quoted ? id.Refer(quoted, targetFromMe: true) : null,
            },
        };
    }

    private WebContent Raw(MessageKind kind, string? text, JsonElement json, MessageContent? shared) => new()
    {
        Kind = kind,
        Text = text,
        Content = (shared ?? new MessageContent()) with { RawJson = RawJson.Keep(json, options.RawJsonBytesMax) },
    };
}
