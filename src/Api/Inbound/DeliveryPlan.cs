using Waqtor.WhatsApp;

namespace Waqtor.Api.Inbound;

/// <summary>Where each element of a delivery is to go: nothing is stored yet.</summary>
internal sealed class DeliveryPlan(Delivery delivery, ParsedDelivery parsed)
{
    public Delivery Delivery { get; } = delivery;
    public ParsedDelivery Parsed { get; } = parsed;

    /// <summary>Set from the start for what is ignored or parked, else by its lane.</summary>
    public ElementOutcome[] Outcomes { get; } = new ElementOutcome[parsed.Elements.Length];

    public List<Lane> Lanes { get; } = [];

    /// <summary>How the whole came out.</summary>
    public DeliveryAnswer Answer()
    {
        int stored = 0, duplicates = 0, ignored = 0, parked = 0;
        foreach (var outcome in Outcomes)
        {
            switch (outcome.Outcome)
            {
                case ElementOutcome.Stored: stored++; break;
                case ElementOutcome.Duplicate: duplicates++; break;
                case ElementOutcome.Ignored: ignored++; break;
                default: parked++; break;
            }
        }

        return new DeliveryAnswer(Delivery.Id, stored, duplicates, ignored, parked);
    }
}
