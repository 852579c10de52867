namespace Waqtor.Messages;

/// <summary>A row of an <see cref="OfferList"/>.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.offer-row")]
public sealed record OfferRow(
    /// <summary>Comes back when it is chosen; 1 to 200 characters.</summary>
    [property: Id(0)] string Id,
    /// <summary>1 to 24 characters.</summary>
    [property: Id(1)] string Title,
    /// <summary>At most 72 characters.</summary>
    [property: Id(2)] string? Description = null);
