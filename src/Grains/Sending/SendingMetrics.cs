using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Waqtor.Sending;

/// <summary>Figures of sending.</summary>
public sealed class SendingMetrics
{
    public const string MeterName = "Waqtor.Sending";

    private readonly Counter<long> _turns;
    private readonly Counter<long> _takenBack;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _seconds;
    private readonly UpDownCounter<long> _waiting;
    private readonly UpDownCounter<long> _waitingForDay;

    public SendingMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _turns = meter.CreateCounter<long>("waqtor.sending.turns", "{turn}", "Turns given to messages.");
        _takenBack = meter.CreateCounter<long>("waqtor.sending.turns.taken_back", "{turn}", "Turns that nobody ended in time; healthy is 0.");
        _attempts = meter.CreateCounter<long>("waqtor.sending.attempts", "{attempt}", "Attempts to send, by provider and outcome.");
        _seconds = meter.CreateHistogram<double>("waqtor.sending.attempt.duration", "s", "Duration of an attempt to send.");
        _waiting = meter.CreateUpDownCounter<long>("waqtor.sending.waiting", "{message}", "Messages that wait for their turn.");
        _waitingForDay = meter.CreateUpDownCounter<long>("waqtor.sending.waiting.day", "{conversation}", "Conversations among them that wait for the daily limit of contacts.");
    }

    public void TurnsGiven(int count) => _turns.Add(count);

    public void TurnsTakenBack(int count) => _takenBack.Add(count);

    public void WaitingChanged(int difference)
    {
        if (difference != 0) _waiting.Add(difference);
    }

    public void WaitingForDayChanged(int difference)
    {
        if (difference != 0) _waitingForDay.Add(difference);
    }

    public void Attempted(string provider, SendOutcome outcome, TimeSpan duration)
    {
        var tags = new TagList { { "provider", provider }, { "outcome", outcome.ToString() } };
        _attempts.Add(1, tags);
        _seconds.Record(duration.TotalSeconds, tags);
    }
}
