using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>What became of a document of rules: all of it, or nothing.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.imported-rules")]
public sealed record ImportedRules(
    [property: Id(0)] int Added,
    [property: Id(1)] int Updated,
    /// <summary>Where and what is wrong; then nothing was changed.</summary>
    [property: Id(2)] ImmutableArray<string> Errors);
