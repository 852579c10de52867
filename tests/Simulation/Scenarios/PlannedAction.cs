using Waqtor.Conversations;

namespace Waqtor.Simulation.Scenarios;

/// <summary>Something that somebody does at a time.</summary>
/// <param name="Number">Its place in the scenario: how the shrinker and the command line name it.</param>
/// <param name="At">After the start.</param>
/// <param name="Kind">What.</param>
/// <param name="Conversation">Whose.</param>
internal sealed record PlannedAction(int Number, TimeSpan At, ActionKind Kind, int Conversation)
{
    /// <summary>How many messages one delivery brings.</summary>
    public int Messages { get; init; } = 1;

    public BufferRule Rule { get; init; } = new();

    /// <summary>Of a pause, or how far the clock is set; zero: until resumed.</summary>
    public TimeSpan Length { get; init; }
}
