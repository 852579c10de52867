using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// Reads the <c>message</c> object of the WhatsApp Web protocol as Baileys writes it. Evolution forwards it as it is;
/// WAHA keeps it in <c>_data</c>, where it is the only place that tells of buttons and lists.
/// </summary>
internal sealed class WebMessageReader(WhatsAppOptions options)
{
    // Wrappers nest at most two or three deep (ephemeral, view once, edited); the limit is against hostile nesting.
    private const int WrappersMax = 8;

    /// <param name="message">The protocol's message; may be undefined (not decrypted yet).</param>
    /// <param name="outerContext">A <c>contextInfo</c> that stands beside the message instead of inside.</param>
    public WebContent Read(JsonElement message, JsonElement outerContext)
    {
        var extras = default(Extras);
        for (var wrappers = 0; wrappers <= WrappersMax && message.IsObject(); wrappers++)
        {
            if (message.Member("conversation"u8).Text() is { } text)
                return new WebContent { Kind = MessageKind.Text, Text = text, Content = WebContext.Read(outerContext, options) };

            extras = extras.With(message);
            var inner = default(JsonElement);
            var onlyKeys = false;
            foreach (var part in message.EnumerateObject())
            {
                if (!part.Value.IsObject()) continue;
                if (part.NameEquals("messageContextInfo"u8)) continue;
                if (part.NameEquals("senderKeyDistributionMessage"u8))
                {
                    onlyKeys = true;
                    continue;
                }

                if (ReadPart(part.Name, part.Value, outerContext, extras) is { } content) return content;
                if (part.Value.Member("message"u8) is { ValueKind: JsonValueKind.Object } wrapped) inner = wrapped;
            }

            if (inner.IsObject())
            {
                message = inner;
                continue;
            }

            if (onlyKeys) return new WebContent { Ignored = IgnoredReason.Protocol };
            break;
        }

        return Unsupported(message);
    }

    private WebContent? ReadPart(string name, JsonElement part, JsonElement outerContext, Extras extras)
    {
        var context = WebContext.Read(part.Member("contextInfo"u8), outerContext, options);
        return name switch
        {
            "extendedTextMessage" => new WebContent { Kind = MessageKind.Text, Text = part.Member("text"u8).Text(), Content = context },
            "imageMessage" => Media(MessageKind.Image, part, context, extras),
            "videoMessage" or "ptvMessage" => Media(MessageKind.Video, part, context, extras),
            "audioMessage" => Media(part.Member("ptt"u8, "PTT"u8).Flag() == true ? MessageKind.Voice : MessageKind.Audio, part, context, extras),
            "documentMessage" => Media(MessageKind.Document, part, context, extras),
            "stickerMessage" => Media(MessageKind.Sticker, part, context, extras),
            "locationMessage" or "liveLocationMessage" => Location(part, context),
            "contactMessage" or "contactsArrayMessage" => Raw(MessageKind.Contacts, null, part, context),
            "buttonsResponseMessage" => Chosen(MessageKind.ButtonReply, context, part.Member("selectedButtonId"u8, "selectedButtonID"u8).Word(),
                part.Member("selectedDisplayText"u8).Text()),
            "templateButtonReplyMessage" => Chosen(MessageKind.TemplateReply, context, part.Member("selectedId"u8, "selectedID"u8).Word(),
                part.Member("selectedDisplayText"u8).Text()),
            "listResponseMessage" => Chosen(MessageKind.ListReply, context,
                part.Member("singleSelectReply"u8).Member("selectedRowId"u8, "selectedRowID"u8).Word(),
                part.Member("title"u8).Text(), part.Member("description"u8).Word()),
            "interactiveResponseMessage" => WebInteractive.Read(part, context, options),
            "orderMessage" => Raw(MessageKind.Order, part.Member("message"u8).Word(), part, context),
            "pollCreationMessage" or "pollCreationMessageV2" or "pollCreationMessageV3" or "pollCreationMessageV5" =>
                Raw(MessageKind.Poll, part.Member("name"u8).Text(), part, context),
            "pollUpdateMessage" => Raw(MessageKind.Poll, null, part,
                Target(context, part.Member("pollCreationMessageKey"u8).Member("id"u8, "ID"u8).Identifier())),
            "reactionMessage" => Reaction(part),
            "protocolMessage" => ReadProtocol(part),
            "pinInChatMessage" or "keepInChatMessage" or "callLogMessage" or "callLogMesssage" => Raw(MessageKind.System, null, part, context),
            "albumMessage" => new WebContent { Ignored = IgnoredReason.AlbumHeader },
            _ => null,
        };
    }

    /// <summary>A change of another message; everything else of this kind is housekeeping between devices.</summary>
    public WebContent ReadProtocol(JsonElement part)
    {
        var target = part.Member("key"u8).Member("id"u8, "ID"u8).Identifier();
        var type = part.Member("type"u8);
        var word = type.Text();
        var number = type.Integer();
        if (word == "REVOKE" || number == 0)
            return new WebContent { Kind = MessageKind.Deleted, Content = Target(null, target) };
        if (word == "MESSAGE_EDIT" || number == 14 || (word is null && number is null && part.Member("editedMessage"u8).IsObject()))
        {
            var edited = Read(part.Member("editedMessage"u8), default);
            return new WebContent { Kind = MessageKind.Edited, Text = edited.Text, Content = Target(null, target) };
        }

        return new WebContent { Ignored = IgnoredReason.Protocol };
    }

    public WebContent Unsupported(JsonElement message) => new()
    {
        Kind = MessageKind.Unsupported,
        Content = message.IsPresent() ? new MessageContent { RawJson = RawJson.Keep(message, options.RawJsonBytesMax) } : null,
    };

    private static WebContent Media(MessageKind kind, JsonElement part, MessageContent? context, Extras extras)
    {
        var caption = part.Member("caption"u8).Text();
        // A gateway that stored the file gives its own plain link; the other one is encrypted with the media key.
        var plain = extras.MediaUrl.Word(4_096);
        return new WebContent
        {
            Kind = kind,
            Text = string.IsNullOrEmpty(caption) ? extras.SpeechToText.Word(65_536) : caption,
            MediaBytes = Base64File.Read(extras.Base64),
            Content = (context ?? new MessageContent()) with
            {
                Media = new MediaContent
                {
                    Url = plain ?? part.Member("url"u8, "URL"u8).Word(4_096),
                    MimeType = part.Member("mimetype"u8).Word(),
                    Sha256 = part.Member("fileSha256"u8, "fileSHA256"u8).Word(),
                    FileName = part.Member("fileName"u8).Word() ?? (kind == MessageKind.Document ? part.Member("title"u8).Word() : null),
                    Caption = string.IsNullOrEmpty(caption) ? null : caption,
                    SizeBytes = part.Member("fileLength"u8).Integer() is >= 0 and var size ? size : null,
                    DurationSeconds = part.Member("seconds"u8).Real(),
                    MediaKey = plain is null ? part.Member("mediaKey"u8).Word() : null,
                    Animated = part.Member("isAnimated"u8).Flag() == true || part.Member("gifPlayback"u8).Flag() == true,
                },
            },
        };
    }

    private WebContent Location(JsonElement part, MessageContent? context)
    {
        var location = LocationReading.Read(part, part.Member("degreesLatitude"u8).Real(), part.Member("degreesLongitude"u8).Real());
        return location is null
            ? Raw(MessageKind.Location, null, part, context)
            : new WebContent { Kind = MessageKind.Location, Content = (context ?? new MessageContent()) with { Location = location } };
    }

    private static WebContent Chosen(MessageKind kind, MessageContent? context, string? id, string? title, string? description = null) => new()
    {
        Kind = kind,
        Text = title,
        Content = (context ?? new MessageContent()) with { Interactive = new InteractiveContent(id, title, description) },
    };

    private static WebContent Reaction(JsonElement part) => new()
    {
        Kind = MessageKind.Reaction,
        Content = new MessageContent
        {
            Reaction = new ReactionContent(part.Member("text"u8).Word()),
            TargetProviderMessageId = part.Member("key"u8).Member("id"u8, "ID"u8).Identifier(),
        },
    };

    private WebContent Raw(MessageKind kind, string? text, JsonElement part, MessageContent? context) => new()
    {
        Kind = kind,
        Text = text,
        Content = (context ?? new MessageContent()) with { RawJson = RawJson.Keep(part, options.RawJsonBytesMax) },
    };

    private static MessageContent Target(MessageContent? context, string? id) =>
        (context ?? new MessageContent()) with { TargetProviderMessageId = id };

    // What gateways put beside the protocol's own members, at whichever level of wrapping.
    private readonly record struct Extras(JsonElement Base64, JsonElement MediaUrl, JsonElement SpeechToText)
    {
        public Extras With(JsonElement message) => new(
            message.Member("base64"u8) is { ValueKind: JsonValueKind.String } file ? file : Base64,
            message.Member("mediaUrl"u8) is { ValueKind: JsonValueKind.String } url ? url : MediaUrl,
            message.Member("speechToText"u8) is { ValueKind: JsonValueKind.String } speech ? speech : SpeechToText);
    }
}
