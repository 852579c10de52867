using System.Collections.Immutable;

namespace Waqtor.WhatsApp;

/// <summary>All that a provider's HTTP body held, in its order. Empty: there is nothing to do, answer 200.</summary>
public sealed record ParsedDelivery(ImmutableArray<DeliveryElement> Elements)
{
    public static ParsedDelivery Empty { get; } = new(ImmutableArray<DeliveryElement>.Empty);
}
