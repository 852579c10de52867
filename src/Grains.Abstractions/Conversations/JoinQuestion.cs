namespace Waqtor.Conversations;

/// <summary>One conversation asks another of the same contact which of both counts.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.join-question")]
public sealed record JoinQuestion
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required string ConversationId { get; init; }
    /// <summary>The asker counts when both have messages, or neither has.</summary>
    [Id(1)] public required bool IsPreferred { get; init; }
    /// <summary>The asker has messages.</summary>
    [Id(2)] public required bool Exists { get; init; }
    /// <summary>What the asker knows, to be taken over by the one asked when that one counts. Null: nothing.</summary>
    [Id(3)] public ConversationMemory? Memory { get; init; }
    /// <summary>The asker has taken over what the one asked knew at this <see cref="JoinAnswer.Version"/>. Null: nothing yet.</summary>
    [Id(4)] public long? TakenOver { get; init; }
    /// <summary>The asker's pause after that.</summary>
    [Id(5)] public PauseState? Pause { get; init; }
    /// <summary>The asker's opt-out after that.</summary>
    [Id(6)] public DateTimeOffset? OptedOutAt { get; init; }
}
