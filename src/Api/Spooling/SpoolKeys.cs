using Waqtor.Api.Inbound;
using Waqtor.Conversations;

namespace Waqtor.Api.Spooling;

/// <summary>What a delivery in the spool must keep its order with.</summary>
/// <param name="All">Every lane of it, and every id of its contacts: two deliveries may name the same one differently.</param>
/// <param name="Conversation">The one conversation that all of it belongs to; null when there is more to it.</param>
internal sealed record SpoolKeys(IReadOnlyList<string> All, string? Conversation)
{
    /// <summary>Of what cannot be read: it is kept raw, in no order.</summary>
    public static SpoolKeys None { get; } = new([], null);

    public static SpoolKeys Of(DeliveryPlan? plan)
    {
        if (plan is null) return None;
        var keys = new List<string>(1);
        foreach (var lane in plan.Lanes)
        {
            Add(keys, lane.Key);
            foreach (var i in lane.Elements)
            {
                if (plan.Parsed.Elements[i].Message is not { } message) continue;
                foreach (var alias in ConversationKey.Aliases(lane.Instance.Id, message.Contact)) Add(keys, alias.Id);
            }
        }

        var isOfOne = plan.Lanes is [{ Kind: LaneKind.Conversation }] && !Array.Exists(plan.Outcomes, one => one.Outcome == ElementOutcome.Parked);
        return new SpoolKeys(keys, isOfOne ? plan.Lanes[0].Key : null);
    }

    public bool IsSameAs(SpoolKeys other) => Conversation == other.Conversation && All.SequenceEqual(other.All);

    private static void Add(List<string> keys, string key)
    {
        if (!keys.Contains(key)) keys.Add(key);
    }
}
