namespace Waqtor.SmartBot;

/// <summary>What <see cref="AiBudgetGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.ai-budget-state")]
public sealed class AiBudgetState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>The day, by UTC, that <see cref="Taken"/> is of.</summary>
    [Id(1)] public DateOnly Day { get; set; }
    [Id(2)] public int Taken { get; set; }
}
