using System.Collections.Frozen;
using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>One message of the generic webhook.</summary>
internal sealed class GenericMessageReader(WhatsAppOptions options)
{
    private const int IdCharactersMax = 256;

    // The words are those the API itself writes: camelCase of the enum.
    private static readonly FrozenDictionary<string, MessageKind> Kinds = Enum.GetValues<MessageKind>()
        .ToFrozenDictionary(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), StringComparer.Ordinal);

    public DeliveryElement Read(JsonElement message, string path)
    {
        var id = message.Member("id"u8).Identifier();
        if (DeliveryProblem.OfMessageId(id) is { } unusable) return Problem(path, unusable);
        var contact = ReadContact(message.Member("from"u8));
        if (contact.IsEmpty) return Problem(path, DeliveryProblem.MissingSender);
        if (!Kinds.TryGetValue(message.Member("kind"u8).Word(32) ?? "text", out var kind)) return Problem(path, DeliveryProblem.UnknownWord);

        var media = message.Member("media"u8);
        var content = ReadContent(message, media, kind);
        return new DeliveryElement
        {
            Path = path,
            MediaBytes = Base64File.Read(media.Member("base64"u8)),
            Message = new InboundMessage
            {
                ProviderMessageId = id!,
                Contact = contact,
                Kind = kind,
                Text = message.Member("text"u8).Text() ?? content?.Media?.Caption ?? content?.Interactive?.Title,
                Content = content,
                SentAt = ProviderTime.Read(message.Member("timestamp"u8)),
                FromMe = message.Member("fromMe"u8).Flag() == true,
            },
        };
    }

    // A bare string or number is a phone, or else an id of the channel's own.
    private static ContactIdentity ReadContact(JsonElement from)
    {
        if (from.Identifier() is { } bare)
            return Phone.Read(bare) is { } number ? new ContactIdentity { Phone = number } : new ContactIdentity { UserId = from.Word(IdCharactersMax) };
        return new ContactIdentity
        {
            Phone = Phone.Read(from.Member("phone"u8).Identifier()),
            UserId = from.Member("userId"u8).Identifier() is { Length: <= IdCharactersMax } userId ? userId : null,
            Lid = from.Member("lid"u8).Word(IdCharactersMax),
            GroupId = from.Member("groupId"u8).Word(IdCharactersMax),
            Name = from.Member("name"u8).Word(IdCharactersMax),
            Username = from.Member("username"u8).Word(IdCharactersMax),
        };
    }

    private MessageContent? ReadContent(JsonElement message, JsonElement media, MessageKind kind)
    {
        var location = message.Member("location"u8);
        var interactive = message.Member("interactive"u8);
        var raw = message.Member("raw"u8);
        var content = new MessageContent
        {
            Media = media.IsObject() ? ReadMedia(media) : null,
            Location = LocationReading.Read(location, location.Member("latitude"u8).Real(), location.Member("longitude"u8).Real()),
            Interactive = interactive.IsObject() ? ReadInteractive(interactive) : null,
            Reaction = kind == MessageKind.Reaction ? new ReactionContent(message.Member("emoji"u8).Word(64)) : null,
            TargetProviderMessageId = message.Member("target"u8).Identifier(),
            QuotedProviderMessageId = message.Member("replyTo"u8).Identifier(),
            Forwarded = message.Member("forwarded"u8).Flag() == true,
            RawJson = raw.IsPresent() ? RawJson.Keep(raw, options.RawJsonBytesMax)
                : kind == MessageKind.Unsupported ? RawJson.Keep(message, options.RawJsonBytesMax) : null,
        };
        return content == new MessageContent() ? null : content;
    }

    private static MediaContent ReadMedia(JsonElement media) => new()
    {
        ProviderId = media.Member("id"u8).Identifier(),
        Url = media.Member("url"u8).Word(4_096),
        MimeType = media.Member("mimeType"u8).Word(),
        FileName = media.Member("fileName"u8).Word(),
        Caption = media.Member("caption"u8).Word(65_536),
        Sha256 = media.Member("sha256"u8).Word(),
        SizeBytes = media.Member("sizeBytes"u8).Integer(),
        DurationSeconds = media.Member("durationSeconds"u8).Real(),
    };

    private static InteractiveContent ReadInteractive(JsonElement interactive) => new(
        interactive.Member("id"u8).Identifier(), interactive.Member("title"u8).Word(), interactive.Member("description"u8).Word(),
        interactive.Member("payload"u8).Word(), interactive.Member("responseJson"u8).Text());

    private static DeliveryElement Problem(string path, string code) => new() { Path = path, Problem = code };
}
