namespace Waqtor.Messages;

/// <summary>An emoji on another message; <see cref="Emoji"/> null means that it was taken away.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.reaction-content")]
public sealed record ReactionContent([property: Id(0)] string? Emoji);
