namespace Waqtor.Conversations;

/// <summary>What became of a join; see <see cref="ConversationJoins"/>.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.join-result")]
public sealed record JoinResult(
    /// <summary>The conversation that counts. Null: one of both lives elsewhere already, and nothing was done.</summary>
    [property: Id(0)] string? Counts,
    /// <summary>Which of both that is.</summary>
    [property: Id(1)] string? Moved = null,
    /// <summary>Where it lives: to be joined in its place.</summary>
    [property: Id(2)] string? MovedTo = null);
