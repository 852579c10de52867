using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>A connection to one of the hubs. SignalR is the transport; the queue before it is ours.</summary>
internal sealed class HubConnection : FeedConnection
{
    private const int CursorDriftMin = 100;
    private const int BeatSeconds = 15;

    private readonly HubConnectionContext _hub;

    public HubConnection(FeedServices services, HubConnectionContext hub)
        : base(services, FeedTransport.SignalR, hub.GetHttpContext()?.Connection.RemoteIpAddress) => _hub = hub;

    public static HubConnection Of(IDictionary<object, object?> items) => (HubConnection)items[typeof(HubConnection)]!;

    public void Heard() => LastHeardAt = Services.Clock.GetTimestamp();

    /// <summary>A call that was left out is answered, so that its caller does not wait for ever.</summary>
    public void Refuse(string? invocationId, string reason)
    {
        if (invocationId is not null) Say(CompletionMessage.WithError(invocationId, reason));
    }

    protected override void Beat()
    {
        if (Services.Clock.GetElapsedTime(LastBeatAt).TotalSeconds < BeatSeconds) return;
        LastBeatAt = Services.Clock.GetTimestamp();
        if (Refresh(CursorDriftMin)) Say(ConnectionWord.CursorNow(Cursor));
    }

    protected override ValueTask WriteAsync(FeedFrame frame, CancellationToken cancellationToken) => _hub.WriteAsync(frame.Hub, cancellationToken);

    // Answers to calls do not wait behind events: were the cursor told first, one could overtake the event it counts.
    protected override async ValueTask WriteAsync(FeedListener listener, FeedFrame frame, CancellationToken cancellationToken)
    {
        await WriteAsync(frame, cancellationToken);
        Tell(listener, frame.Place);
    }

    protected override async ValueTask WriteAsync(FeedListener listener, FeedBurst burst, CancellationToken cancellationToken)
    {
        await _hub.WriteAsync(burst.Hub(_hub.Protocol), cancellationToken);
        Tell(listener, burst.Last.Place);
    }

    protected override ValueTask WriteAsync(object word, CancellationToken cancellationToken) => _hub.WriteAsync(
        word switch
        {
            HubMessage message => message,
            Standing standing => Event(FeedEventNames.Connected, standing),
            ConnectionWord said => Event(said.Event, said.Payload),
            _ => throw new InvalidOperationException("A hub has no such word."),
        },
        cancellationToken);

    protected override object? LastWord(string reason, string cursor) => ConnectionWord.Disconnected(reason, cursor, Services.Options.RetryMilliseconds);

    protected override void Cut() => _hub.Abort();

    private InvocationMessage Event(string name, object payload)
    {
        var envelope = new
        {
            id = Id,
            topic = TopicName.Connection,
            @event = name,
            payload,
            timestamp = Services.Clock.GetUtcNow().UtcDateTime,
        };
        return new InvocationMessage(FeedFrame.HubMethod, [RawEnvelope.Of(JsonSerializer.SerializeToUtf8Bytes(envelope, FeedPayload.Json))]);
    }
}
