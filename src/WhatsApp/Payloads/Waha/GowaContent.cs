using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>Where gowa differs from WAHA: a member named after the kind, holding a path, or an object with path or url.</summary>
internal static class GowaContent
{
    /// <summary>Null when none of those members is there.</summary>
    public static WebContent? Read(JsonElement message, string? body, MessageContent? shared, WhatsAppOptions options)
    {
        if (!message.Member("chat_id"u8).IsPresent()) return null;
        if (Media(MessageKind.Image, message.Member("image"u8)) is { } image) return image;
        if (Media(MessageKind.Video, message.Member("video"u8, "video_note"u8)) is { } video) return video;
        if (Media(MessageKind.Audio, message.Member("audio"u8)) is { } audio) return audio;
        if (Media(MessageKind.Document, message.Member("document"u8)) is { } document) return document;
        if (Media(MessageKind.Sticker, message.Member("sticker"u8)) is { } sticker) return sticker;

        var cards = message.Member("contacts_array"u8, "contact"u8);
        if (cards.IsPresent()) return Raw(MessageKind.Contacts, cards);

        var place = message.Member("location"u8, "live_location"u8);
        if (!place.IsObject()) return null;
        var location = LocationReading.Read(place, place.Member("degreesLatitude"u8).Real(), place.Member("degreesLongitude"u8).Real());
        return location is null
            ? Raw(MessageKind.Location, place)
            : new WebContent { Kind = MessageKind.Location, Content = (shared ?? new MessageContent()) with { Location = location } };

        WebContent? Media(MessageKind kind, JsonElement file)
        {
            if (!file.IsPresent()) return null;
            var caption = file.Member("caption"u8).Word(65_536) ?? (string.IsNullOrEmpty(body) ? null : body);
            return new WebContent
            {
                Kind = kind,
                Text = caption,
                Content = (shared ?? new MessageContent()) with
                {
                    Media = new MediaContent
                    {
                        Url = file.Word(4_096) ?? file.Member("path"u8, "url"u8).Word(4_096),
                        MimeType = file.Member("mime_type"u8, "mimetype"u8).Word(),
                        FileName = file.Member("filename"u8).Word(),
                        Caption = caption,
                    },
                },
            };
        }

        WebContent Raw(MessageKind kind, JsonElement json) => new()
        {
            Kind = kind,
            Content = (shared ?? new MessageContent()) with { RawJson = RawJson.Keep(json, options.RawJsonBytesMax) },
        };
    }
}
