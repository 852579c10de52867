namespace Waqtor.Silo.Demo;

/// <summary>A line of a message's status history.</summary>
internal sealed record DemoStatus(string Status, DateTimeOffset At);
