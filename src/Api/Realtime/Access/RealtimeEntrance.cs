namespace Waqtor.Api.Realtime.Access;

/// <summary>Marks the endpoints where connections to the feed begin.</summary>
internal sealed record RealtimeEntrance;
