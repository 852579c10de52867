using System.Diagnostics.Metrics;

namespace Waqtor.Api.Realtime;

/// <summary>Figures of the feed on this node.</summary>
internal sealed class RealtimeMetrics
{
    public const string MeterName = "Waqtor.Realtime";

    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _received;
    private readonly long[] _written;
    private readonly Counter<long> _folded;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _published;
    private readonly Counter<long> _lost;
    private readonly KeyValuePair<string, object?>[] _transports;

    public RealtimeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _opened = meter.CreateCounter<long>("waqtor.realtime.opened", "{connection}", "Connections opened, by transport.");
        _closed = meter.CreateCounter<long>("waqtor.realtime.closed", "{connection}", "Connections over, by transport and reason.");
        _refused = meter.CreateCounter<long>("waqtor.realtime.refused", "{refusal}", "Connections, topics and messages of clients refused, by reason.");
        _received = meter.CreateCounter<long>("waqtor.realtime.received", "{message}", "Messages of clients.");
        _folded = meter.CreateCounter<long>("waqtor.realtime.folded", "{event}", "Events of progress left out for readers who were behind.");
        _errors = meter.CreateCounter<long>("waqtor.realtime.errors", "{error}", "Failures of the feed's own work, such as a topic that did not answer.");
        _published = meter.CreateCounter<long>("waqtor.realtime.published", "{event}", "Events taken from topics.");
        _lost = meter.CreateCounter<long>("waqtor.realtime.lost", "{event}", "Times that readers were told to fetch afresh.");
        _written = new long[Enum.GetValues<FeedTransport>().Length];
        _transports = [.. Enum.GetValues<FeedTransport>().Select(transport => new KeyValuePair<string, object?>("transport", Word(transport)))];
        // Counted here and observed: this is done for every event and every client.
        meter.CreateObservableCounter("waqtor.realtime.written", ObserveWritten, "{event}", "Events written to clients, by transport.");
    }

    public static string Word(FeedTransport transport) => transport switch
    {
        FeedTransport.WebSocket => "websocket",
        FeedTransport.SignalR => "signalr",
        _ => "sse",
    };

    public void Opened(FeedTransport transport) => _opened.Add(1, _transports[(int)transport]);

    public void Closed(FeedTransport transport, string reason) => _closed.Add(1, _transports[(int)transport], new("reason", reason));

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Received() => _received.Add(1);

    public void Written(FeedTransport transport, int events) => Interlocked.Add(ref _written[(int)transport], events);

    public void Folded(int events) => _folded.Add(events);

    public void Failed() => _errors.Add(1);

    public void Published(int events) => _published.Add(events);

    public void Lost() => _lost.Add(1);

    private IEnumerable<Measurement<long>> ObserveWritten() => _transports.Select((tag, i) => new Measurement<long>(Interlocked.Read(ref _written[i]), tag));
}
