using System.Text.Json.Serialization;

namespace Waqtor.Conversations;

/// <summary>
/// When a burst is over: <see cref="Seconds"/> after its first message, or with its <see cref="Messages"/>th.
/// Nothing else ends it.
/// </summary>
[GenerateSerializer, Immutable, Alias("waqtor.buffer-rule")]
public sealed record BufferRule
{
    /// <summary>Off: each message is its own batch at once. Default: on.</summary>
    [Id(0)] public bool Enabled { get; init; } = true;

    /// <summary>Seconds from the first message, 1 to 60. Default: 8.</summary>
    [Id(1)] public int Seconds { get; init; } = 8;

    /// <summary>Messages that end the burst at once, 1 to 100. Default: 5.</summary>
    [Id(2)] public int Messages { get; init; } = 5;

    [JsonIgnore]
    public TimeSpan Window => TimeSpan.FromSeconds(Seconds);
}
