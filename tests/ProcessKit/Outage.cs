namespace Waqtor.ProcessKit;

/// <summary>A time the server was away: from the order to die until it was ready again (null: not yet).</summary>
public sealed record Outage(DateTimeOffset KilledAt, DateTimeOffset? ReadyAt = null);
