namespace Waqtor.Api.Conversations;

/// <summary>A person takes over. Neither member: until resumed by hand.</summary>
/// <param name="Until">A time in the future.</param>
/// <param name="Minutes">1 to 525,600, instead of a time.</param>
public sealed record PauseRequest(DateTimeOffset? Until, int? Minutes);
