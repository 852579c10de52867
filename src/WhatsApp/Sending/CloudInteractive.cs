using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>The Cloud API's <c>interactive</c> object: reply buttons, or a list.</summary>
internal static class CloudInteractive
{
    public static void Write(Utf8JsonWriter writer, string text, Offer offer)
    {
        writer.WriteString("type"u8, "interactive"u8);
        writer.WriteStartObject("interactive"u8);
        writer.WriteString("type"u8, offer.List is null ? "button"u8 : "list"u8);
        if (!string.IsNullOrEmpty(offer.Header))
        {
            writer.WriteStartObject("header"u8);
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, offer.Header);
            writer.WriteEndObject();
        }

        WriteText(writer, "body", text);
        if (!string.IsNullOrEmpty(offer.Footer)) WriteText(writer, "footer", offer.Footer);
        writer.WriteStartObject("action"u8);
        if (offer.List is { } list) WriteList(writer, list);
        else WriteButtons(writer, offer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string member, string text)
    {
        writer.WriteStartObject(member);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter writer, Offer offer)
    {
        writer.WriteStartArray("buttons"u8);
        foreach (var button in offer.Buttons)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "reply"u8);
            writer.WriteStartObject("reply"u8);
            writer.WriteString("id"u8, button.Id);
            writer.WriteString("title"u8, button.Title);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter writer, OfferList list)
    {
        writer.WriteString("button"u8, list.Button);
        OfferSections.Write(writer, list, "id");
    }
}
