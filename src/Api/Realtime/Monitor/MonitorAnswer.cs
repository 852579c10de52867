namespace Waqtor.Api.Realtime.Monitor;

/// <summary>What the monitor page shows of this node.</summary>
/// <param name="Connections">Newest first, at most 500.</param>
/// <param name="TotalConnections">All, shown or not.</param>
/// <param name="Messages">Messages in and events out since the start.</param>
/// <param name="Errors">Failures of the feed's own work since the start.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="Security">Refusals since the start, by reason.</param>
/// <param name="Closed">Connections over since the start, by reason.</param>
/// <param name="Timestamp">When it was looked at.</param>
public sealed record MonitorAnswer(
    IReadOnlyList<MonitoredConnection> Connections,
    int TotalConnections,
    MonitoredMessages Messages,
    long Errors,
    MonitoredMemory Memory,
    IReadOnlyDictionary<string, long> Security,
    IReadOnlyDictionary<string, long> Closed,
    DateTimeOffset Timestamp);
