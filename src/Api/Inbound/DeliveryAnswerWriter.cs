using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Waqtor.Api.Inbound;

/// <summary>Writes the 200 without going through the serializer: it stands in every delivery's way.</summary>
internal static class DeliveryAnswerWriter
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    public static Task WriteAsync(HttpResponse response, in DeliveryAnswer answer)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(256);
        var json = _json ??= new Utf8JsonWriter(buffer);
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("deliveryId"u8, answer.DeliveryId);
        json.WriteNumber("stored"u8, answer.Stored);
        json.WriteNumber("duplicates"u8, answer.Duplicates);
        json.WriteNumber("ignored"u8, answer.Ignored);
        json.WriteNumber("parked"u8, answer.Parked);
        if (answer.Spooled) json.WriteBoolean("spooled"u8, true);
        json.WriteEndObject();
        json.Flush();

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        // Copied into the response's own buffer before this thread may do anything else with the shared one.
        response.BodyWriter.Write(buffer.WrittenSpan);
        var flush = response.BodyWriter.FlushAsync();
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }
}
