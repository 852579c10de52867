namespace Waqtor.Api.Instances;

/// <summary>When a burst is over; absent members stay as they are.</summary>
/// <param name="Enabled">Off: each message is its own batch. Default: on.</param>
/// <param name="Seconds">From the first message, 1 to 60. Default: 8.</param>
/// <param name="Messages">That end it at once, 1 to 100. Default: 5.</param>
public sealed record BufferRequest(bool? Enabled, int? Seconds, int? Messages);
