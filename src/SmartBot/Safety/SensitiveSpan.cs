namespace Waqtor.SmartBot;

/// <summary>A piece of personal data in a text.</summary>
internal readonly record struct SensitiveSpan(int Start, int Length, string Kind);
