namespace Waqtor.SmartBot;

/// <summary>A fault in a file of rules.</summary>
/// <param name="Row">Which rule, from 1; 0 for the file as a whole.</param>
/// <param name="Field">Which field, or null.</param>
/// <param name="Code">Stable word: <c>unreadable</c>, <c>too_large</c>, <c>too_many</c>, <c>required</c>, <c>too_long</c>, <c>invalid</c>, <c>duplicate</c>,
/// <c>unknown_field</c>.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="IsError">True when the rule was left out for it; false for a warning.</param>
public sealed record RuleProblem(int Row, string? Field, string Code, string Message, bool IsError);
