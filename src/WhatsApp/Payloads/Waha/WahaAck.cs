using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary><c>message.ack</c>: WAHA's <c>{id, ack, ackName}</c> and gowa's <c>{ids[], receipt_type}</c>.</summary>
internal static class WahaAck
{
    /// <summary>Null when its word has no rank: to be kept as a notice.</summary>
    public static DeliveryElement? Read(JsonElement payload, JsonElement idJson, string path, JsonElement envelope, string? routeTo)
    {
        var name = payload.Member("ackName"u8).Word(64) ?? payload.Member("receipt_type"u8).Word(64);
        var ack = payload.Member("ack"u8);
        var rank = ack.Integer() is { } number ? StatusWord.FromAck(number) : name is null ? null : StatusWord.Read(name);
        // Read or heard by ourselves on another device.
        if (name is "read-self" or "played-self") return new DeliveryElement { Path = path, RouteTo = routeTo, Ignored = IgnoredReason.InboundReceipt };
        if (WahaMessageId.Read(idJson) is not { } id)
            return new DeliveryElement { Path = path, RouteTo = routeTo, Problem = DeliveryProblem.MissingMessageId };
        if (DeliveryProblem.OfMessageId(id.Bare) is { } unusable) return new DeliveryElement { Path = path, RouteTo = routeTo, Problem = unusable };
        if (ack.Identifier() is null && name is null)
            return new DeliveryElement { Path = path, RouteTo = routeTo, Problem = DeliveryProblem.MissingStatus };
        if (rank is null) return null;
        if ((payload.Member("fromMe"u8, "is_from_me"u8).Flag() ?? id.FromMe) == false)
            return new DeliveryElement { Path = path, RouteTo = routeTo, Ignored = IgnoredReason.InboundReceipt };

        var word = name ?? ack.Identifier()!;
        var chat = id.Chat ?? payload.Member("chatId"u8, "chat_id"u8).Text() ?? payload.Member("to"u8).Text() ?? payload.Member("from"u8).Text();
        var parties = new ChatParties
        {
            Chat = chat,
            Participant = payload.Member("participant"u8).Text() ?? payload.Member("from"u8).Text(),
            ParticipantOtherwise = payload.Member("from_lid"u8).Text() ?? id.Participant,
        };
        return new DeliveryElement
        {
            Path = path,
            RouteTo = routeTo,
            Status = new StatusUpdate
            {
                ProviderMessageId = id.Bare,
                Status = rank.Value,
                At = ProviderTime.Read(payload.Member("timestamp"u8)) ?? ProviderTime.Read(envelope.Member("timestamp"u8)),
                Errors = rank == MessageStatus.Failed ? [new MessageError(word, "The gateway reported that the message failed.")] : [],
                Contact = parties.Resolve(out _, out _),
                ProviderStatus = word,
            },
        };
    }
}
