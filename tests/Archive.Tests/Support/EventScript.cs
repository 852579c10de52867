using System.Collections.Immutable;
using Waqtor.Access;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Events;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

/// <summary>
/// Events out of small numbers: the same number is always the same event, a few messages, batches and conversations
/// share many events, and what grains promise holds (a version says one thing, a message is in one batch).
/// </summary>
public static class EventScript
{
    public const int Numbers = 400;

    private const int Messages = 4;
    private static readonly MessageStatus[] Statuses = Enum.GetValues<MessageStatus>();

    /// <param name="number">Which event.</param>
    /// <param name="prefix">Begins every id and the instance's name, so that runs do not meet.</param>
    public static DomainEvent Event(int number, string prefix)
    {
        var variant = number / 8;
        var one = new DomainEvent
        {
            Id = $"{prefix}evt{number}",
            Name = EventNames.MessageReceived,
            At = Sample.Start.AddMinutes(variant),
            Instance = prefix + "shop",
        };
        return (number % 8) switch
        {
            0 => one with { Message = Message(variant, prefix) },
            1 => one with { Name = EventNames.MessageChanged, Message = Message(variant, prefix) with { Text = $"changed {variant}" } },
            2 or 3 => one with { Name = EventNames.MessageDelivered, Status = Status(variant, prefix) },
            4 => one with { Name = EventNames.ConversationFlushed, Batch = Batch(variant, prefix) },
            5 => one with { Name = EventNames.ConversationUpdated, Conversation = Conversation(variant, prefix) },
            6 => one with { Name = EventNames.DeliveryParked, Delivery = Delivery(variant, prefix) },
            _ => one with { Name = EventNames.Audit, Audit = new AuditRecord("actor", $"action{variant}", null, null, Sample.Start) },
        };
    }

    private static MessageRecord Message(int variant, string prefix)
    {
        var number = variant % Messages;
        return Sample.Outbound(number) with
        {
            Id = $"{prefix}msg{number}",
            Instance = prefix + "shop",
            ConversationId = prefix + "cnv",
            ProviderMessageId = variant % 3 == 0 ? null : $"wamid.{number}",
            Doubtful = variant % 5 == 0,
            History = [],
        };
    }

    private static MessageStatusRecord Status(int variant, string prefix)
    {
        var number = variant % Messages;
        var rank = variant / Messages % Statuses.Length;
        return Sample.Status(number, Statuses[rank], historyLength: rank) with
        {
            MessageId = $"{prefix}msg{number}",
            Errors = rank % 2 == 0 ? [] : [new MessageError($"{rank}", "title")],
        };
    }

    // Version by version: open, processing, failed, processing again, dead, replayed, completed.
    private static BatchRecord Batch(int variant, string prefix)
    {
        var number = variant % 3;
        var version = variant / 3 % 7;
        (BatchStatus Status, int Attempts)[] steps =
        [
            (BatchStatus.Open, 0), (BatchStatus.Processing, 1), (BatchStatus.Processing, 2), (BatchStatus.Processing, 4),
            (BatchStatus.Dead, 4), (BatchStatus.Processing, 1), (BatchStatus.Completed, 2),
        ];
        return Sample.Batch(number, version, steps[version].Status) with
        {
            Id = $"{prefix}bat{number}",
            Instance = prefix + "shop",
            ConversationId = prefix + "cnv",
            Attempts = steps[version].Attempts,
            MessageIds = [.. Enumerable.Range(0, Messages + 1).Where(i => i % 3 == number).Select(i => $"{prefix}msg{i}")],
        };
    }

    private static ConversationRecord Conversation(int variant, string prefix) =>
        Sample.Conversation(variant % 2, version: variant) with
        {
            Id = $"{prefix}cnv{variant % 2}",
            Instance = prefix + "shop",
            Unread = variant,
            Contact = new ContactIdentity { Phone = variant % 3 == 0 ? null : $"49{variant % 4}" },
        };

    private static DeliveryRecord Delivery(int variant, string prefix) =>
        Sample.Delivery(variant % 3, (DeliveryOutcome)(variant % 2)) with { Id = $"{prefix}dlv{variant % 3}", Instance = prefix + "shop" };
}
