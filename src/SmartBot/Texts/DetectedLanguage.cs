namespace Waqtor.SmartBot;

/// <summary>The language of a text.</summary>
/// <param name="Language">BCP 47 primary tag (<c>ar</c>, <c>en</c>, <c>fr</c>, <c>fa</c>, <c>ur</c>, <c>ru</c>, ...), <c>mixed</c> for Arabic and Latin
/// together, or <c>und</c> when there are no letters.</param>
/// <param name="Dialect">For Arabic, when the words tell: <c>msa</c>, <c>gulf</c>, <c>egyptian</c>, <c>levantine</c>, <c>maghrebi</c>, <c>iraqi</c>.
/// A tag for wording, not to route by.</param>
/// <param name="IsArabizi">Arabic written in Latin letters and digits; <paramref name="Language"/> is then <c>ar</c>.</param>
public sealed record DetectedLanguage(string Language, string? Dialect = null, bool IsArabizi = false);
