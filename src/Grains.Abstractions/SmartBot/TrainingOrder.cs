using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>A model to be trained away from the rules' own turns.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.training-order")]
public sealed record TrainingOrder
{
    [Id(0)] public required string InstanceId { get; init; }
    [Id(1)] public required string Instance { get; init; }
    /// <summary>Of the rules; the result names it.</summary>
    [Id(2)] public required long Revision { get; init; }
    /// <summary>The number the model will have when it is let in.</summary>
    [Id(3)] public required long Version { get; init; }
    [Id(4)] public required ImmutableArray<BotRule> Rules { get; init; }
    /// <summary>What the live model learnt; empty: there is none, or it is not to be compared.</summary>
    [Id(5)] public ImmutableArray<BotRule> Live { get; init; } = [];
}
