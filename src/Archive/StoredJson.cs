using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>
/// Writes and reads JSON columns. Writing takes the generated serializer's fast path; a record that it cannot write (a
/// NaN from a provider, a list that was never set) is written again by rules that take anything, because an event that
/// cannot be written is told again for ever.
/// </summary>
internal sealed class StoredJson : IDisposable
{
    private static readonly JsonSerializerOptions Tolerant = new(ArchiveJson.Default.Options)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            new ImmutableListConverter<string>(), new ImmutableListConverter<StatusChange>(),
            new ImmutableListConverter<MessageError>(), new ImmutableListConverter<DeliveryElementRecord>(),
        },
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public StoredJson() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        // It stands in no HTML, so Arabic and quotes need no escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    /// <summary>The value as UTF-8, valid until the next call.</summary>
    public ReadOnlySpan<byte> Write<T>(T value, JsonTypeInfo<T> type)
    {
        try
        {
            return WriteBy(value, type);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NullReferenceException)
        {
            return WriteBy(value, (JsonTypeInfo<T>)Tolerant.GetTypeInfo(typeof(T)));
        }
    }

    public string WriteText<T>(T value, JsonTypeInfo<T> type) => Encoding.UTF8.GetString(Write(value, type));

    public static T Read<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)Tolerant.GetTypeInfo(typeof(T)))!;

    public void Dispose() => _writer.Dispose();

    private ReadOnlySpan<byte> WriteBy<T>(T value, JsonTypeInfo<T> type)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        JsonSerializer.Serialize(_writer, value, type);
        _writer.Flush();
        return _buffer.WrittenSpan;
    }
}
