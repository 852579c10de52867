using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>A model's version with all rules as they were.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.kept-version")]
public sealed record KeptVersion(
    [property: Id(0)] BotModelVersion Info,
    [property: Id(1)] ImmutableArray<BotRule> Rules);
