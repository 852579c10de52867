namespace Waqtor.Api.Realtime.Monitor;

/// <summary>The metrics of this node.</summary>
public sealed record MetricsAnswer(IReadOnlyList<MetricAnswer> Metrics, DateTimeOffset Timestamp);
