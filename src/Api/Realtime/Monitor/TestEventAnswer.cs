namespace Waqtor.Api.Realtime.Monitor;

/// <summary>A test event that was published.</summary>
/// <param name="EventId">The <c>eventId</c> that readers see.</param>
/// <param name="Target">Where it went.</param>
/// <param name="Event">Its name.</param>
/// <param name="Timestamp">When.</param>
public sealed record TestEventAnswer(string EventId, string Target, string Event, DateTimeOffset Timestamp);
