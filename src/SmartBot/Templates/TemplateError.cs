namespace Waqtor.SmartBot;

/// <summary>Why a template cannot be used.</summary>
/// <param name="Position">Character at which the fault is, from 0.</param>
/// <param name="Message">What is wrong, for the operator.</param>
public sealed record TemplateError(int Position, string Message);
