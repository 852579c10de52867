using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>What the model's last answer asked to collect from the customer.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.data-request")]
public sealed record DataRequest(
    [property: Id(0)] bool NeedsDataCollection,
    [property: Id(1)] ImmutableArray<string> RequestedFields);
