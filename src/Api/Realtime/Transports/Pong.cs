namespace Waqtor.Api.Realtime.Transports;

/// <summary>The answer to a ping.</summary>
/// <param name="Timestamp">The server's time.</param>
/// <param name="Cursor">Where the client stands in its topics.</param>
public sealed record Pong(DateTimeOffset Timestamp, string Cursor);
