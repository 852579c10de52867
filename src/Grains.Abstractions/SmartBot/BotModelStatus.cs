using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>The model of an instance, what came before it, and what was not let in.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-model-status")]
public sealed record BotModelStatus
{
    /// <summary>0: none yet.</summary>
    [Id(0)] public required long ModelVersion { get; init; }
    /// <summary>The rules changed and the model has yet to follow.</summary>
    [Id(1)] public bool Training { get; init; }
    /// <summary>Newest first.</summary>
    [Id(2)] public ImmutableArray<BotModelVersion> Versions { get; init; } = [];
    /// <summary>The last training that would have answered worse than the live model; null: none waits.</summary>
    [Id(3)] public RefusedSwap? Refused { get; init; }
    /// <summary>What the operator should mend.</summary>
    [Id(4)] public ImmutableArray<string> Warnings { get; init; } = [];
}
