using System.Diagnostics.Metrics;

namespace Waqtor.Messages;

/// <summary>Figures of message statuses.</summary>
public sealed class MessageStatusMetrics
{
    public const string MeterName = "Waqtor.Messages";

    private readonly Counter<long> _statuses;
    private readonly Counter<long> _early;

    public MessageStatusMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _statuses = meter.CreateCounter<long>("waqtor.message.statuses", "{status}", "Statuses of sent messages, by status.");
        _early = meter.CreateCounter<long>("waqtor.message.statuses.early", "{status}", "Statuses that came before their message was known.");
    }

    public void Applied(MessageStatus status) =>
        _statuses.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));

    public void Early() => _early.Add(1);
}
