namespace Waqtor.Conversations;

/// <summary>What a batch is answered with. <see cref="Text"/> null: nothing is sent.</summary>
public sealed record Reply(string? Text, string Outcome);
