namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Messages since the start.</summary>
/// <param name="Received">From clients.</param>
/// <param name="Written">Events to clients.</param>
/// <param name="Published">Events taken from topics.</param>
/// <param name="Folded">Events of progress left out for readers who were behind.</param>
public sealed record MonitoredMessages(long Received, long Written, long Published, long Folded);
