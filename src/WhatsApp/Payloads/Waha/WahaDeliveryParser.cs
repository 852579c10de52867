using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>
/// Webhooks of WAHA, <c>{event, session, payload}</c>, whichever engine it runs, and of gateways that imitate it (gowa:
/// <c>device_id</c> instead of the session). <c>message</c> and <c>message.any</c> carry the same message under the same
/// id: whoever subscribes to both sends each twice, and the second is a duplicate like any other.
/// </summary>
public sealed class WahaDeliveryParser(IOptions<WhatsAppOptions> options) : JsonDeliveryParser(ProviderKind.Waha, options.Value)
{
    private readonly WahaMessageReader _messages = new(options.Value);

    private protected override void ReadEnvelope(JsonElement envelope, string path, ImmutableArray<DeliveryElement>.Builder elements)
    {
        var routeTo = envelope.Member("session"u8).Identifier() ?? envelope.Member("device_id"u8).Identifier();
        var payload = envelope.Member("payload"u8);
        var payloadPath = Join(path, "payload");
        var name = envelope.Member("event"u8).Word(128);
        switch (name)
        {
            case null when !payload.IsObject():
                elements.Add(Problem(Whole(path), routeTo, DeliveryProblem.MissingEvent));
                break;
            case null or "message" or "message.any" or "message.reaction" or "message.edited" or "message.revoked" or "message.deleted"
                or "message.waiting" or "message.ack" or "message.ack.group" or "poll.vote" when !payload.IsPresent():
                elements.Add(Problem(payloadPath, routeTo, DeliveryProblem.MissingData));
                break;
            case null or "message" or "message.any":
                ReadMessages(WahaMessagePart.Message);
                break;
            case "message.reaction":
                ReadMessages(WahaMessagePart.Reaction);
                break;
            case "message.edited":
                ReadMessages(WahaMessagePart.Edit);
                break;
            case "message.revoked":
                ReadMessages(WahaMessagePart.Revocation);
                break;
            case "message.waiting":
                ReadMessages(WahaMessagePart.Waiting);
                break;
            case "poll.vote":
                ReadMessages(WahaMessagePart.Vote);
                break;
            case "message.ack" or "message.ack.group":
                ReadAcks(envelope, payload, payloadPath, routeTo, elements);
                break;
            case "session.status":
                ReadSession(envelope, payload, payloadPath, routeTo, elements);
                break;
            case "presence.update":
                elements.Add(Ignored(payloadPath, routeTo, IgnoredReason.Presence));
                break;
            case "engine.event":
                elements.Add(Ignored(payloadPath, routeTo, IgnoredReason.EngineDebug));
                break;
            case "newsletter.message":
                elements.Add(Ignored(payloadPath, routeTo, IgnoredReason.Newsletter));
                break;
            default:
                elements.Add(Notice(payloadPath, routeTo, name, payload.IsPresent() ? payload : envelope));
                break;
        }

        void ReadMessages(WahaMessagePart part)
        {
            var context = (_messages, new WahaEnvelope(envelope, routeTo, part));
            ReadEach(payload, payloadPath, routeTo, context, static (e, p, c) => c._messages.Read(e, p, c.Item2), elements);
        }
    }

    // One ack may speak of many messages (gowa's ids); each is an element of its own.
    private void ReadAcks(JsonElement envelope, JsonElement payload, string path, string? routeTo, ImmutableArray<DeliveryElement>.Builder elements)
    {
        var ids = payload.Member("ids"u8);
        if (!ids.IsArray())
        {
            ReadEach(payload, path, routeTo, (Parser: this, envelope, routeTo),
                static (e, p, c) => WahaAck.Read(e, e.Member("id"u8), p, c.envelope, c.routeTo) ?? c.Parser.Notice(p, c.routeTo, "message.ack", e), elements);
            return;
        }

        if (ids.GetArrayLength() == 0) elements.Add(Ignored(path, routeTo, IgnoredReason.Empty));
        var index = 0;
        foreach (var id in ids.EnumerateArray())
        {
            var idPath = $"{path}.ids[{index++}]";
            elements.Add(WahaAck.Read(payload, id, idPath, envelope, routeTo) ?? Notice(idPath, routeTo, "message.ack", payload));
        }
    }

    private void ReadSession(JsonElement envelope, JsonElement payload, string path, string? routeTo, ImmutableArray<DeliveryElement>.Builder elements)
    {
        elements.Add(new DeliveryElement { Path = path, RouteTo = routeTo, Session = WahaSession.Read(envelope, payload) });
        // Quotas on new contacts and pairing challenges have no place in the session itself.
        var data = payload.Member("data"u8);
        if (data.IsObject()) elements.Add(Notice($"{path}.data", routeTo, "session.status", data));
    }
}
