using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace EmbeddedOrleans.Storage;

/// <summary>State as UTF-8 JSON, by the options of <see cref="GrainStateJsonOptions"/>.</summary>
internal sealed class JsonGrainStateSerializer(IOptions<GrainStateJsonOptions> options) : IGrainStateSerializer
{
    [ThreadStatic]
    private static (JsonGrainStateSerializer Owner, Utf8JsonWriter Writer)? _kept;

    private readonly JsonSerializerOptions _options = options.Value.SerializerOptions;
    private readonly JavaScriptEncoder? _encoder = options.Value.Encoder ?? options.Value.SerializerOptions.Encoder;

    public void Serialize<T>(T? value, IBufferWriter<byte> output)
    {
        // A writer is kept per thread; it is taken out while in use because a converter may serialize in turn.
        var writer = _kept is { } kept && kept.Owner == this
            ? kept.Writer
            : new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, Encoder = _encoder });
        _kept = null;
        writer.Reset(output);
        JsonSerializer.Serialize(writer, value, _options);
        writer.Flush();
        _kept = (this, writer);
    }

    public T? Deserialize<T>(ReadOnlySpan<byte> input) => JsonSerializer.Deserialize<T>(input, _options);
}
