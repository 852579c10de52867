using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.Api.Sandbox;

/// <summary>Writes what a simulated phone typed as the generic webhook that it would come by.</summary>
internal static class TypedDelivery
{
    public static ReadOnlyMemory<byte> Write(ImmutableArray<InboundMessage> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("id", message.ProviderMessageId);
            json.WriteStartObject("from");
            json.WriteString("phone", message.Contact.Phone);
            if (message.Contact.Name is { } name) json.WriteString("name", name);
            json.WriteEndObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(message.Kind.ToString()));
            json.WriteString("text", message.Text);
            if (message.Content?.Interactive is { } chosen)
            {
                json.WriteStartObject("interactive");
                json.WriteString("id", chosen.Id);
                json.WriteString("title", chosen.Title);
                if (chosen.Description is { } description) json.WriteString("description", description);
                json.WriteEndObject();
            }

            if (message.Content?.QuotedProviderMessageId is { } quoted) json.WriteString("replyTo", quoted);
            if (message.SentAt is { } sentAt) json.WriteNumber("timestamp", sentAt.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
