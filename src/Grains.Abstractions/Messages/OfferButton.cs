namespace Waqtor.Messages;

/// <summary>A button of an <see cref="Offer"/>.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.offer-button")]
public sealed record OfferButton(
    /// <summary>Comes back when it is pressed; 1 to 256 characters.</summary>
    [property: Id(0)] string Id,
    /// <summary>1 to 20 characters.</summary>
    [property: Id(1)] string Title);
