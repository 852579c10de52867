using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>A JSON request body that remembers whether any of it may have left this machine.</summary>
internal sealed class JsonBody : HttpContent
{
    // Arabic stays readable UTF-8 and a third of the size of escapes.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ReadOnlyMemory<byte> _json;
    private volatile bool _started;

    public JsonBody(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Readable)) write(writer);
        _json = buffer.WrittenMemory;
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    public ReadOnlySpan<byte> Json => _json.Span;

    /// <summary>False: not a byte of the request was sent, so that trying again cannot send twice.</summary>
    public bool Started => _started;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
