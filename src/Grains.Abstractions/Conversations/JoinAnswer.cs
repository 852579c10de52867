namespace Waqtor.Conversations;

/// <summary>The answer to a <see cref="JoinQuestion"/>; what it says is durable.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.join-answer")]
public sealed record JoinAnswer
{
    /// <summary>The conversation that counts.</summary>
    [Id(0)] public required string Counts { get; init; }
    /// <summary>True: the one asked has moved there already, and <see cref="Counts"/> may have moved on. Nothing was done.</summary>
    [Id(1)] public bool HasMoved { get; init; }
    /// <summary>The asker counts: it must take this over and ask again before the one asked sends callers to it. Null: all is done.</summary>
    [Id(2)] public ConversationMemory? Memory { get; init; }
    /// <summary>Which state of the one asked <see cref="Memory"/> is of.</summary>
    [Id(3)] public long Version { get; init; }
    /// <summary>The pause of the one asked, when it counts.</summary>
    [Id(4)] public PauseState? Pause { get; init; }
    /// <summary>The opt-out of the one asked, when it counts.</summary>
    [Id(5)] public DateTimeOffset? OptedOutAt { get; init; }
}
