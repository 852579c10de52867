using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>The rules that may be meant now, best first, and what follows.</summary>
/// <param name="Top">At most three: those that are enabled, open and speak the language.</param>
/// <param name="Decision">What the best one is good for.</param>
/// <param name="IsOutOfScope">Unlike anything the rules were taught.</param>
/// <param name="Line">The line that was matched; null: the whole text.</param>
public sealed record BotMatch(ImmutableArray<ReplyCandidate> Top, MatchDecision Decision, bool IsOutOfScope, string? Line);
