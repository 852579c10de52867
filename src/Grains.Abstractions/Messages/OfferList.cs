using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>The list of an <see cref="Offer"/>.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.offer-list")]
public sealed record OfferList(
    /// <summary>What opens it; 1 to 20 characters.</summary>
    [property: Id(0)] string Button,
    /// <summary>1 to 10, with 1 to 10 rows in all.</summary>
    [property: Id(1)] ImmutableArray<OfferSection> Sections);
