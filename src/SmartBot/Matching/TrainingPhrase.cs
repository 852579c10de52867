namespace Waqtor.SmartBot;

/// <summary>One phrase to learn from.</summary>
/// <param name="Class">Number of its rule; the number after the last rule for small talk; -1 for a negative phrase.</param>
/// <param name="NegativeOf">For a negative phrase, the rule that it must not lead to; else -1.</param>
/// <param name="Text">As the operator wrote it.</param>
/// <param name="Normal">Its normal form.</param>
internal sealed record TrainingPhrase(int Class, int NegativeOf, string Text, string Normal);
