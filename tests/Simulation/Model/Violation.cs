namespace Waqtor.Simulation.Model;

/// <summary>A promise that was broken: which, and how.</summary>
internal sealed record Violation(string Rule, string Text, TimeSpan At);
