using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>The sections of a list: the same everywhere but for the name of a row's id.</summary>
internal static class OfferSections
{
    public static void Write(Utf8JsonWriter writer, OfferList list, string idMember)
    {
        writer.WriteStartArray("sections"u8);
        foreach (var section in list.Sections)
        {
            writer.WriteStartObject();
            if (!string.IsNullOrEmpty(section.Title)) writer.WriteString("title"u8, section.Title);
            writer.WriteStartArray("rows"u8);
            foreach (var row in section.Rows)
            {
                writer.WriteStartObject();
                writer.WriteString(idMember, row.Id);
                writer.WriteString("title"u8, row.Title);
                if (!string.IsNullOrEmpty(row.Description)) writer.WriteString("description"u8, row.Description);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
