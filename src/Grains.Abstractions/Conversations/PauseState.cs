namespace Waqtor.Conversations;

/// <summary>A person took the conversation over.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.pause-state")]
public sealed record PauseState(
    [property: Id(0)] DateTimeOffset Since,
    /// <summary>Null: until resumed by hand.</summary>
    [property: Id(1)] DateTimeOffset? Until);
