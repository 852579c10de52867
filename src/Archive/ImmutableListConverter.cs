using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Waqtor.Archive;

/// <summary>
/// Writes a list that was never set as an empty one. The serializer's own converter throws there, which would make the
/// event unwritable for ever.
/// </summary>
internal sealed class ImmutableListConverter<T> : JsonConverter<ImmutableArray<T>>
{
    public override ImmutableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A list begins with '['.");
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var list = ImmutableArray.CreateBuilder<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(JsonSerializer.Deserialize(ref reader, type)!);
        return list.DrainToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        if (!value.IsDefaultOrEmpty)
        {
            var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            foreach (var item in value) JsonSerializer.Serialize(writer, item, type);
        }

        writer.WriteEndArray();
    }
}
