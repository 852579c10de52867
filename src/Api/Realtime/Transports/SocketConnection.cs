using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>A connection by <c>/ws</c>.</summary>
internal sealed class SocketConnection(FeedServices services, WebSocket socket, IPAddress? address) : FeedConnection(services, FeedTransport.WebSocket, address)
{
    /// <summary>Shorter messages are sent as they are: packing them costs more than it saves.</summary>
    private const int PackedFromBytes = 1_024;
    private const int CursorDriftMin = 100;

    private readonly TaskCompletionSource _heardOut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WebSocket Socket => socket;

    public void Heard() => LastHeardAt = Services.Clock.GetTimestamp();

    /// <summary>Nothing more comes from the client.</summary>
    public void HeardOut() => _heardOut.TrySetResult();

    protected override void Beat()
    {
        if (Services.Clock.GetElapsedTime(LastBeatAt).TotalSeconds < Services.Options.PingSeconds) return;
        LastBeatAt = Services.Clock.GetTimestamp();
        if (Refresh(CursorDriftMin)) Say(ConnectionWord.CursorNow(Cursor));
    }

    protected override ValueTask WriteAsync(FeedFrame frame, CancellationToken cancellationToken) => SendAsync(frame.WebSocket, cancellationToken);

    protected override ValueTask WriteAsync(object word, CancellationToken cancellationToken) => SendAsync(
        word switch
        {
            Standing standing => SocketAnswer.Subscribed(standing),
            ConnectionWord said => SocketAnswer.Said(said, Services.Clock.GetUtcNow()),
            _ => JsonSerializer.SerializeToUtf8Bytes(word, word.GetType(), FeedPayload.Json),
        },
        cancellationToken);

    protected override object? LastWord(string reason, string cursor) =>
        Caller is null ? null : ConnectionWord.Disconnected(reason, cursor, Services.Options.RetryMilliseconds);

    protected override async ValueTask EndAsync(string reason)
    {
        await socket.CloseOutputAsync(StatusOf(reason), reason, Aborted);
        // Cut before the client has answered, the close could be lost on its way. The watch ends the wait.
        await _heardOut.Task.WaitAsync(Aborted);
    }

    protected override void Cut() => socket.Abort();

    private ValueTask SendAsync(byte[] bytes, CancellationToken cancellationToken) => socket.SendAsync(
        bytes.AsMemory(), WebSocketMessageType.Text,
        bytes.Length < PackedFromBytes ? WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression : WebSocketMessageFlags.EndOfMessage,
        cancellationToken);

    private static WebSocketCloseStatus StatusOf(string reason) => reason switch
    {
        CloseReason.NotAuthenticated or CloseReason.RateLimited or CloseReason.Revoked or CloseReason.TooManyBytes => WebSocketCloseStatus.PolicyViolation,
        CloseReason.TooLarge => WebSocketCloseStatus.MessageTooBig,
        CloseReason.Stopping => WebSocketCloseStatus.EndpointUnavailable,
        CloseReason.ClientLeft => WebSocketCloseStatus.NormalClosure,
        CloseReason.SlowReader or CloseReason.Unavailable => (WebSocketCloseStatus)1013,
        _ => WebSocketCloseStatus.InternalServerError,
    };
}
