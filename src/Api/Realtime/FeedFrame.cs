using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Waqtor.Api.Realtime;

/// <summary>
/// An event in one topic, with the bytes of each transport: whoever needs them first makes them, all others use them again.
/// </summary>
internal sealed class FeedFrame(FeedEvent told, string topic, string epoch, long sequence)
{
    public const string HubMethod = "event";
    private const int FrameBytes = 128;

    private byte[]? _json;
    private byte[]? _webSocket;
    private byte[]? _streamHead;
    private byte[]? _streamAlone;
    private SerializedHubMessage? _hub;

    public FeedEvent Event { get; } = told;

    public string Topic { get; } = topic;

    public string Epoch { get; } = epoch;

    public long Sequence { get; } = sequence;

    public FeedPlace Place => new(Topic, Epoch, Sequence);

    /// <summary>About what it takes in a queue.</summary>
    public int Bytes => Json.Length + FrameBytes;

    /// <summary>The envelope.</summary>
    public byte[] Json => _json ??= WriteEnvelope(type: null);

    /// <summary>The envelope as a message of <c>/ws</c>.</summary>
    public byte[] WebSocket => _webSocket ??= WriteEnvelope(FeedEventNames.EventType);

    /// <summary>The lines of an event stream before the id, which differs from reader to reader.</summary>
    public byte[] StreamHead => _streamHead ??= Encoding.UTF8.GetBytes($"event: {Event.Name}\nid: ");

    /// <summary>The whole block of an event stream for readers of this topic alone.</summary>
    public byte[] StreamAlone => _streamAlone ??= [.. StreamHead, .. Encoding.UTF8.GetBytes(Place.ToString()), .. "\ndata: "u8, .. Json, .. "\n\n"u8];

    /// <summary>The invocation, written once for each protocol of the hubs.</summary>
    public SerializedHubMessage Hub => _hub ??= new SerializedHubMessage(new InvocationMessage(HubMethod, [RawEnvelope.Of(Json)]));

    private byte[] WriteEnvelope(string? type)
    {
        var buffer = new ArrayBufferWriter<byte>(Event.Payload.Length + 320);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (type is not null) json.WriteString("type", type);
            json.WriteString("id", Place.ToString());
            json.WriteString("topic", Topic);
            json.WriteString("eventId", Event.Id);
            json.WriteString("event", Event.Name);
            json.WritePropertyName("payload");
            json.WriteRawValue(Event.Payload.Span, skipInputValidation: true);
            json.WriteString("timestamp", Event.At.UtcDateTime);
            if (Event.IsHighPriority) json.WriteString("priority", "high");
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
