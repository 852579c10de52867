using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>All a node needs to answer for an instance: the rules as they are, and the rules the live model learnt.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-snapshot")]
public sealed record BotSnapshot
{
    /// <summary>Rises with each change of rules or model.</summary>
    [Id(0)] public required long Stamp { get; init; }
    /// <summary>0: no model yet.</summary>
    [Id(1)] public required long ModelVersion { get; init; }
    [Id(2)] public ImmutableArray<BotRule> Rules { get; init; } = [];
    /// <summary>What the model of this version was trained on.</summary>
    [Id(3)] public ImmutableArray<BotRule> Learnt { get; init; } = [];
}
