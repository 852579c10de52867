using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>Some rows of an <see cref="OfferList"/> under a title.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.offer-section")]
public sealed record OfferSection(
    /// <summary>At most 24 characters; needed where there is more than one section.</summary>
    [property: Id(0)] string? Title,
    [property: Id(1)] ImmutableArray<OfferRow> Rows);
