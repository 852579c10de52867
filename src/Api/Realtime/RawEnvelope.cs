using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waqtor.Api.Realtime;

/// <summary>An envelope whose JSON is there already. The hubs' JSON protocol writes it as it is.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class RawEnvelope(byte[] json)
{
    public byte[] Json { get; } = json;

    public static RawEnvelope Of(byte[] json) => new(json);

    private sealed class Converter : JsonConverter<RawEnvelope>
    {
        public override RawEnvelope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Envelopes are only written.");

        public override void Write(Utf8JsonWriter writer, RawEnvelope value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json, skipInputValidation: true);
    }
}
