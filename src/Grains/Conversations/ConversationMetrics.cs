using System.Diagnostics.Metrics;

namespace Waqtor.Conversations;

/// <summary>Counts of the conversations: meter <c>Waqtor.Conversations</c>.</summary>
public sealed class ConversationMetrics
{
    public const string MeterName = "Waqtor.Conversations";

    private readonly Counter<long> _received;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _attemptsFailed;
    private readonly Counter<long> _orphans;

    public ConversationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("waqtor.messages.received", "{message}", "Messages stored.");
        _duplicates = meter.CreateCounter<long>("waqtor.messages.duplicates", "{message}", "Messages seen before.");
        _answered = meter.CreateCounter<long>("waqtor.batches.answered", "{attempt}", "Attempts to answer that succeeded.");
        _attemptsFailed = meter.CreateCounter<long>("waqtor.batches.failed", "{attempt}", "Attempts to answer that failed.");
        _orphans = meter.CreateCounter<long>("waqtor.conversations.orphans", "{conversation}", "Conversations found past their time; healthy is 0.");
    }

    public void Received(int stored, int duplicates)
    {
        if (stored > 0) _received.Add(stored);
        if (duplicates > 0) _duplicates.Add(duplicates);
    }

    public void Replied(bool succeeded) => (succeeded ? _answered : _attemptsFailed).Add(1);

    public void Orphan() => _orphans.Add(1);
}
