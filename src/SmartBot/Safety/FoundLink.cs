namespace Waqtor.SmartBot;

/// <summary>A link in a text, with or without its scheme.</summary>
internal readonly record struct FoundLink(int Start, int Length, string Host, string Scheme, bool HasUser);
