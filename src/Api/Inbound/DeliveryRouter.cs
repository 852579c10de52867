using Waqtor.Api.Instances;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Inbound;

/// <summary>
/// Decides for each element which instance it belongs to and in which lane it waits. An element addressed to another
/// instance goes there only when that instance's own secret vouches for the body too; else the holder of one
/// instance's secret could write into another's conversations.
/// </summary>
internal sealed class DeliveryRouter(InstanceCache instances)
{
    public ValueTask<DeliveryPlan> PlanAsync(Delivery delivery, ParsedDelivery parsed)
    {
        var plan = new DeliveryPlan(delivery, parsed);
        if (parsed.Elements.Length != 1 || !IsOwn(delivery.Instance, parsed.Elements[0].RouteTo)) return PlanManyAsync(plan);
        Place(plan, 0, delivery.Instance, lanes: null);
        return new(plan);
    }

    private async ValueTask<DeliveryPlan> PlanManyAsync(DeliveryPlan plan)
    {
        var lanes = new Dictionary<string, Lane>(StringComparer.Ordinal);
        var targets = new Dictionary<string, CachedInstance?>(StringComparer.Ordinal);
        for (var i = 0; i < plan.Parsed.Elements.Length; i++)
        {
            var routeTo = plan.Parsed.Elements[i].RouteTo;
            var target = plan.Delivery.Instance;
            if (!IsOwn(target, routeTo) && !targets.TryGetValue(routeTo!, out target))
            {
                targets[routeTo!] = target = await RouteAsync(plan.Delivery, routeTo!);
            }

            if (target is null) plan.Outcomes[i] = new(ElementOutcome.Parked, ParkReason.UnknownPhoneNumberId);
            else Place(plan, i, target, lanes);
        }

        return plan;
    }

    private static bool IsOwn(CachedInstance instance, string? routeTo) =>
        routeTo is null
        || instance.Provider is ProviderKind.Sandbox or ProviderKind.Generic
        || routeTo == (instance.Provider == ProviderKind.Cloud ? instance.PhoneNumberId : instance.ProviderInstance);

    private async ValueTask<CachedInstance?> RouteAsync(Delivery delivery, string routeTo)
    {
        var own = delivery.Instance;
        var other = await instances.FindAsync(own.Provider, routeTo, candidate => candidate.Name != own.Name && delivery.Accepts(candidate));
        if (other is not null)
        {
            (delivery.AcceptedBy ??= []).Add(other.Name);
            return other;
        }

        // A gateway's session may bear any name; a phone number id is exact.
        return own.Provider != ProviderKind.Cloud || string.IsNullOrEmpty(own.PhoneNumberId) ? own : null;
    }

    private static void Place(DeliveryPlan plan, int i, CachedInstance target, Dictionary<string, Lane>? lanes)
    {
        switch (plan.Parsed.Elements[i])
        {
            case { Ignored: { } reason }:
                plan.Outcomes[i] = new(ElementOutcome.Ignored, reason);
                break;
            case { Problem: { } reason }:
                plan.Outcomes[i] = new(ElementOutcome.Parked, reason);
                break;
            case { Message: { Contact.IsEmpty: true } }:
                plan.Outcomes[i] = new(ElementOutcome.Parked, ParkReason.NoContact);
                break;
            case { Message: { } message }:
                Join(plan, i, ConversationKey.For(target.Id, message.Contact).Id, target, LaneKind.Conversation, lanes);
                break;
            case { Status: { } status }:
                Join(plan, i, new MessageStatusKey(target.Id, status.ProviderMessageId).ToString(), target, LaneKind.Status, lanes);
                break;
            case { Session: not null } or { Notice: not null }:
                Join(plan, i, target.Id, target, LaneKind.Instance, lanes);
                break;
            default:
                plan.Outcomes[i] = new(ElementOutcome.Parked, DeliveryProblem.Unreadable);
                break;
        }
    }

    private static void Join(DeliveryPlan plan, int i, string key, CachedInstance target, LaneKind kind, Dictionary<string, Lane>? lanes)
    {
        if (lanes is null || !lanes.TryGetValue(key, out var lane))
        {
            lane = new Lane(key, target, kind);
            plan.Lanes.Add(lane);
            lanes?.Add(key, lane);
        }

        lane.Elements.Add(i);
    }
}
