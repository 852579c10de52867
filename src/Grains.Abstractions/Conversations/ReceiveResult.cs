using System.Collections.Immutable;

namespace Waqtor.Conversations;

/// <summary>What became of a <see cref="ReceiveMessages"/>; everything counted is durable.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.receive-result")]
public sealed record ReceiveResult(
    [property: Id(0)] int Stored,
    /// <summary>Seen before by (instance, provider message id); nothing was changed for them.</summary>
    [property: Id(1)] int Duplicates,
    /// <summary>Nothing was stored: the contact lives in this conversation; call it instead.</summary>
    [property: Id(2)] string? MovedTo = null)
{
    /// <summary>Which of the command's messages were seen before, by their place from 0; null where all fared alike.</summary>
    [Id(3)] public ImmutableArray<int>? DuplicateIndexes { get; init; }
}
