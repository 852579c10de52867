using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// <c>messages.update</c>: <c>{keyId, status}</c> as version 2 writes it, or <c>{key, update: {status}}</c> as the library
/// beneath does, with words or with numbers.
/// </summary>
internal static class EvolutionStatus
{
    /// <summary>Null when it is no status with a rank: an edit, a poll's votes, a deletion.</summary>
    public static DeliveryElement? Read(JsonElement data, string path, string? routeTo)
    {
        var status = data.Member("status"u8).IsPresent() ? data.Member("status"u8) : data.Member("update"u8).Member("status"u8);
        if (status.Identifier() is not { } word) return null;
        var rank = status.Integer() is { } number ? StatusWord.FromWebNumber(number) : StatusWord.Read(word);
        if (rank is null) return null;

        var key = EvolutionKey.Read(data.Member("key"u8) is { ValueKind: JsonValueKind.Object } inner ? inner : data);
        if (DeliveryProblem.OfMessageId(key.Id) is { } problem) return new DeliveryElement { Path = path, RouteTo = routeTo, Problem = problem };

        // What we did with a customer's message is no news of ours. Cloud API instances behind Evolution (wamid)
        // compute fromMe wrongly, so there it says nothing.
        if (key.FromMe == false && !key.Id!.StartsWith("wamid.", StringComparison.Ordinal))
            return new DeliveryElement { Path = path, RouteTo = routeTo, Ignored = IgnoredReason.InboundReceipt };

        var parties = key.Parties(null);
        return new DeliveryElement
        {
            Path = path,
            RouteTo = routeTo,
            Status = new StatusUpdate
            {
                ProviderMessageId = key.Id!,
                Status = rank.Value,
                At = ProviderTime.Read(data.Member("messageTimestamp"u8)),
                Errors = rank == MessageStatus.Failed ? [new MessageError(word, "The gateway reported that the message failed.")] : [],
                Contact = parties.Resolve(out _, out _),
                ProviderStatus = word,
            },
        };
    }
}
