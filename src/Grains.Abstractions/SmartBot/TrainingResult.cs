using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>The end of a training.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.training-result")]
public sealed record TrainingResult
{
    [Id(0)] public required long Revision { get; init; }
    [Id(1)] public required long Version { get; init; }
    [Id(2)] public int Phrases { get; init; }
    [Id(3)] public double? Accuracy { get; init; }
    [Id(4)] public double Milliseconds { get; init; }
    [Id(5)] public ImmutableArray<string> Warnings { get; init; } = [];
    /// <summary>Set when the live model answers better.</summary>
    [Id(6)] public RefusedSwap? Refused { get; init; }
    /// <summary>Set when the training failed.</summary>
    [Id(7)] public string? Error { get; init; }
}
