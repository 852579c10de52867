using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// MessagePack in the shape of our JSON: the same names, the same texts for times and enumerations, so that a client may
/// change its protocol and nothing else. Numbers are integers where they are whole.
/// </summary>
internal sealed class JsonShapedFormatter<T> : IMessagePackFormatter<T?>
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is RawEnvelope raw)
        {
            using var envelope = JsonDocument.Parse(raw.Json);
            Write(ref writer, envelope.RootElement);
            return;
        }

        using var document = JsonSerializer.SerializeToDocument(value, FeedPayload.Json);
        Write(ref writer, document.RootElement);
    }

    /// <remarks>Fails with a MessagePackSerializationException when it is nested too deeply, cut short, or no <typeparamref name="T"/>.</remarks>
    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(MessagePackSerializer.ConvertToJson(reader.ReadRaw(), options), FeedPayload.Json);
        }
        catch (JsonException exception)
        {
            throw new MessagePackSerializationException($"That is no {typeof(T).Name}.", exception);
        }
    }

    private static void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.Write(property.Name);
                    Write(ref writer, property.Value);
                }

                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Write(ref writer, item);
                break;
            case JsonValueKind.String:
                writer.Write(value.GetString());
                break;
            case JsonValueKind.Number:
                if (value.TryGetInt64(out var whole)) writer.Write(whole);
                else writer.Write(value.GetDouble());
                break;
            case JsonValueKind.True:
            case JsonValueKind.False:
                writer.Write(value.ValueKind == JsonValueKind.True);
                break;
            default:
                writer.WriteNil();
                break;
        }
    }
}
