using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Waqtor.Api.Media;
using Waqtor.Api.Spooling;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.Api.Inbound;

/// <summary>
/// Makes a planned delivery durable: lanes in parallel, the elements of a lane in order. Returns when every element is
/// durable; throws when one is not, after all lanes ended, so that a repetition finds nothing still on its way.
/// </summary>
internal sealed class DeliveryStore(
    IGrainFactory grains, ContactLinks links, IMediaStore media, InboundTraffic traffic, TimeProvider clock, ProcessName process, IOptions<IngestOptions> options)
{
    /// <param name="plan">Its outcomes are filled in.</param>
    /// <param name="body">Kept raw when something of it must be parked.</param>
    public Task StoreAsync(DeliveryPlan plan, ReadOnlyMemory<byte> body)
    {
        var raw = Array.Exists(plan.Outcomes, outcome => outcome.Outcome == ElementOutcome.Parked) ? RawBody.Keep(body.Span) : null;
        return raw is null && plan.Lanes.Count == 1 ? StoreLaneAsync(plan, plan.Lanes[0]) : StoreManyAsync(plan, raw);
    }

    /// <summary>Keeps a delivery that cannot be read or routed; nothing of it is stored otherwise.</summary>
    public Task ParkAsync(Delivery delivery, string reason, string raw) => ParkAsync(delivery, reason, raw, []);

    /// <summary>Keeps raw a spooled delivery that the store refuses, or whose instance is gone.</summary>
    public Task ParkAsync(SpoolRecord record, string reason) => ParkAsync(new DeliveryRecord
    {
        Id = record.DeliveryId,
        Instance = record.Instance,
        Provider = record.Provider,
        ReceivedAt = record.ReceivedAt,
        Bytes = record.Body.Length,
        Outcome = DeliveryOutcome.Parked,
        Reason = reason,
        SignatureChecked = record.SignatureChecked,
        Raw = RawBody.Keep(record.Body.Span),
    });

    private async Task StoreManyAsync(DeliveryPlan plan, string? raw)
    {
        var lanesMax = options.Value.LanesMax;
        if (plan.Lanes.Count <= lanesMax)
        {
            var lanes = new Task[plan.Lanes.Count];
            for (var i = 0; i < lanes.Length; i++) lanes[i] = StoreLaneAsync(plan, plan.Lanes[i]);
            await Task.WhenAll(lanes);
        }
        else
        {
            using var room = new SemaphoreSlim(lanesMax);
            await Task.WhenAll(plan.Lanes.Select(async lane =>
            {
                await room.WaitAsync();
                try
                {
                    await StoreLaneAsync(plan, lane);
                }
                finally
                {
                    room.Release();
                }
            }));
        }

        if (raw is null) return;
        var reason = Array.Find(plan.Outcomes, outcome => outcome.Outcome == ElementOutcome.Parked).Reason!;
        await ParkAsync(plan.Delivery, reason, raw, [.. plan.Outcomes.Select((outcome, i) => outcome.ToRecord(plan.Parsed.Elements[i]))]);
    }

    private Task ParkAsync(Delivery delivery, string reason, string raw, ImmutableArray<DeliveryElementRecord> elements) =>
        ParkAsync(new DeliveryRecord
        {
            Id = delivery.Id,
            Instance = delivery.Instance.Name,
            Provider = delivery.Provider,
            ReceivedAt = delivery.ReceivedAt,
            Bytes = delivery.Bytes,
            Outcome = DeliveryOutcome.Parked,
            Reason = reason,
            SignatureChecked = delivery.SignatureChecked,
            Elements = elements,
            Raw = raw,
        });

    private Task ParkAsync(DeliveryRecord record) => grains.GetGrain<IParkedDeliveryGrain>(record.Id).ParkAsync(record);

    private Task StoreLaneAsync(DeliveryPlan plan, Lane lane) => lane.Kind switch
    {
        LaneKind.Conversation => StoreMessagesAsync(plan, lane),
        LaneKind.Status => StoreStatusesAsync(plan, lane),
        _ => StoreInstanceAsync(plan, lane),
    };

    /// <summary>Stores deliveries of one conversation that have waited, oldest first, each with that one lane and nothing to be kept raw.</summary>
    public async Task StoreTogetherAsync(IReadOnlyList<DeliveryPlan> plans)
    {
        var conversation = plans[0].Lanes[0].Key;
        var commands = new ReceiveMessages[plans.Count];
        for (var i = 0; i < commands.Length; i++)
        {
            var lane = plans[i].Lanes[0];
            commands[i] = await ToCommandAsync(plans[i], lane);
            var found = await FindConversationAsync(lane, commands[i].Messages);
            if (found != lane.Key) conversation = found;
        }

        var together = ImmutableCollectionsMarshal.AsImmutableArray(commands);
        var results = await grains.GetGrain<IConversationGrain>(conversation).ReceiveManyAsync(together);
        for (var moves = 0; results is [{ MovedTo: { } next }]; moves++)
        {
            if (moves == ConversationJoins.MovesMax) throw new InvalidOperationException("A conversation was moved too often.");
            conversation = next;
            results = await grains.GetGrain<IConversationGrain>(conversation).ReceiveManyAsync(together);
        }

        for (var i = 0; i < commands.Length; i++)
        {
            var lane = plans[i].Lanes[0];
            traffic.Count(lane.Instance.Id, lane.Instance.Configuration.Settings.Provider, results[i].Stored);
            Note(plans[i], lane, results[i], conversation);
        }
    }

    private async ValueTask<ReceiveMessages> ToCommandAsync(DeliveryPlan plan, Lane lane)
    {
        var messages = new InboundMessage[lane.Elements.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            var element = plan.Parsed.Elements[lane.Elements[i]];
            messages[i] = element.MediaBytes is { } file ? await KeepMediaAsync(element.Message!, file) : element.Message!;
        }

        return new ReceiveMessages
        {
            InstanceId = lane.Instance.Id,
            Instance = lane.Instance.Name,
            DeliveryId = plan.Delivery.Id,
            ReceivedAt = plan.Delivery.ReceivedAt,
            Messages = ImmutableCollectionsMarshal.AsImmutableArray(messages),
            Buffer = lane.Instance.Configuration.Settings.Buffer,
            BotIsOff = !lane.Instance.Configuration.Settings.BotEnabled,
            HandedOver = process.HandOver(clock),
            Waited = plan.Delivery.Kept + clock.GetElapsedTime(plan.Delivery.TakenUpAt),
        };
    }

    private async Task StoreMessagesAsync(DeliveryPlan plan, Lane lane)
    {
        var command = await ToCommandAsync(plan, lane);
        var conversation = await FindConversationAsync(lane, command.Messages);
        var result = await grains.GetGrain<IConversationGrain>(conversation).ReceiveAsync(command);
        for (var moves = 0; result.MovedTo is { } next; moves++)
        {
            if (moves == ConversationJoins.MovesMax) throw new InvalidOperationException("A conversation was moved too often.");
            conversation = next;
            result = await grains.GetGrain<IConversationGrain>(conversation).ReceiveAsync(command);
        }

        traffic.Count(lane.Instance.Id, lane.Instance.Configuration.Settings.Provider, result.Stored);
        Note(plan, lane, result, conversation);
    }

    // The ids of one contact may be spread over the messages of a delivery, so each of them is asked about.
    private async ValueTask<string> FindConversationAsync(Lane lane, ImmutableArray<InboundMessage> messages)
    {
        var conversation = lane.Key;
        foreach (var message in messages)
        {
            var found = await links.FindAsync(lane.Instance.Id, message.Contact, lane.Key);
            if (found != lane.Key) conversation = found;
        }

        return conversation;
    }

    // The grain names the duplicates where not all fared alike. One of an earlier version does not: then the last ones are taken for them.
    private static void Note(DeliveryPlan plan, Lane lane, ReceiveResult result, string conversation)
    {
        var first = lane.Elements.Count - result.Duplicates;
        var named = result.DuplicateIndexes;
        for (var i = 0; i < lane.Elements.Count; i++)
        {
            var isDuplicate = named?.Contains(i) ?? i >= first;
            var outcome = isDuplicate ? ElementOutcome.Duplicate : ElementOutcome.Stored;
            plan.Outcomes[lane.Elements[i]] = new(outcome, null, conversation);
        }
    }

    private async Task<InboundMessage> KeepMediaAsync(InboundMessage message, ReadOnlyMemory<byte> file)
    {
        var content = message.Content ?? new MessageContent();
        var hash = await media.PutAsync(file);
        return message with
        {
            Content = content with { Media = (content.Media ?? new MediaContent()) with { StoredHash = hash, SizeBytes = file.Length } },
        };
    }

    private async Task StoreStatusesAsync(DeliveryPlan plan, Lane lane)
    {
        var grain = grains.GetGrain<IMessageStatusGrain>(lane.Key);
        foreach (var i in lane.Elements)
        {
            await grain.ApplyAsync(lane.Instance.Name, plan.Parsed.Elements[i].Status!);
            plan.Outcomes[i] = new(ElementOutcome.Stored);
        }
    }

    private async Task StoreInstanceAsync(DeliveryPlan plan, Lane lane)
    {
        var grain = grains.GetGrain<IInstanceGrain>(lane.Instance.Name);
        foreach (var i in lane.Elements)
        {
            var element = plan.Parsed.Elements[i];
            if (element.Session is { } session) await grain.ApplySessionAsync(session);
            else await grain.ApplyNoticeAsync(plan.Delivery.Id, element.Notice!.Field, element.Notice.Json);
            plan.Outcomes[i] = new(ElementOutcome.Stored);
        }
    }
}
