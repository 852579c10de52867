using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// A connection by server-sent events. The id of each event is the cursor over all topics of the stream, because a client
/// that comes back tells the last id alone.
/// </summary>
internal sealed class EventStream : FeedConnection
{
    private const int FlushBytes = 16 * 1_024;
    private const int CursorDriftMin = 100;

    private static readonly object Heartbeat = new();
    private static readonly byte[] HeartbeatBytes = ": \n\n"u8.ToArray();
    private static readonly byte[] IdEnd = "\ndata: "u8.ToArray();
    private static readonly byte[] BlockEnd = "\n\n"u8.ToArray();

    private readonly HttpContext _context;
    private readonly PipeWriter _body;
    private int _unflushed;

    public EventStream(FeedServices services, HttpContext context)
        : base(services, FeedTransport.ServerSentEvents, context.Connection.RemoteIpAddress) =>
        (_context, _body) = (context, context.Response.BodyWriter);

    protected override void Beat()
    {
        if (Services.Clock.GetElapsedTime(LastBeatAt).TotalSeconds < Services.Options.StreamHeartbeatSeconds) return;
        LastBeatAt = Services.Clock.GetTimestamp();
        Say(Refresh(CursorDriftMin) ? ConnectionWord.CursorNow(Cursor) : Heartbeat);
    }

    protected override ValueTask WriteAsync(FeedFrame frame, CancellationToken cancellationToken)
    {
        if (HasOneTopic && frame.Topic != TopicName.Everyone)
        {
            Write(frame.StreamAlone);
        }
        else
        {
            Write(frame.StreamHead);
            Write(Encoding.ASCII.GetBytes(Cursor));
            Write(IdEnd);
            Write(frame.Json);
            Write(BlockEnd);
        }

        return _unflushed > FlushBytes ? FlushAsync(cancellationToken) : default;
    }

    protected override ValueTask WriteAsync(object word, CancellationToken cancellationToken)
    {
        switch (word)
        {
            case Standing standing:
                WriteBlock(FeedEventNames.Connected, standing);
                break;
            case ConnectionWord said:
                WriteBlock(said.Event, said.Payload);
                if (said.Event == FeedEventNames.Disconnected) Write(Encoding.ASCII.GetBytes($"retry: {Services.Options.RetryMilliseconds}\n\n"));
                break;
            default:
                Write(HeartbeatBytes);
                break;
        }

        return default;
    }

    protected override async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_unflushed == 0) return;
        _unflushed = 0;
        var result = await _body.FlushAsync(cancellationToken);
        if (result.IsCompleted || result.IsCanceled) throw new IOException("The client is gone.");
    }

    protected override object? LastWord(string reason, string cursor) => ConnectionWord.Disconnected(reason, cursor, Services.Options.RetryMilliseconds);

    // A stream that ended in order is ended by its endpoint; one that is stuck, or whose client left, is cut.
    protected override void Cut()
    {
        if (!HasEnded) _context.Abort();
    }

    protected override ValueTask EndAsync(string reason)
    {
        HasEnded = true;
        return default;
    }

    private bool HasEnded { get; set; }

    /// <summary>The stream never began: its request is answered otherwise.</summary>
    public ValueTask EndQuietlyAsync() => EndAsync("");

    private void WriteBlock(string name, object payload)
    {
        Write(Encoding.UTF8.GetBytes($"event: {name}\n"));
        // An empty id would make clients forget theirs.
        if (Cursor is { Length: > 0 } cursor) Write(Encoding.UTF8.GetBytes($"id: {cursor}\n"));
        Write("data: "u8);
        Write(JsonSerializer.SerializeToUtf8Bytes(payload, payload.GetType(), FeedPayload.Json));
        Write(BlockEnd);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _body.Write(bytes);
        _unflushed += bytes.Length;
    }
}
