using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>
/// Webhooks of Evolution API, version 2 and 1: <c>{event, instance, data}</c> where data is one object or an array.
/// Event names come as <c>messages.upsert</c>, <c>MESSAGES_UPSERT</c> and <c>messages-upsert</c>; a body without one
/// is told by its data.
/// </summary>
public sealed class EvolutionDeliveryParser(IOptions<WhatsAppOptions> options) : JsonDeliveryParser(ProviderKind.Evolution, options.Value)
{
    private readonly EvolutionMessageReader _messages = new(options.Value);

    private protected override void ReadEnvelope(JsonElement envelope, string path, ImmutableArray<DeliveryElement>.Builder elements)
    {
        var routeTo = envelope.Member("instance"u8).Identifier();
        var data = envelope.Member("data"u8);
        var dataPath = Join(path, "data");
        var kind = ReadEvent(envelope.Member("event"u8), data, out var name);
        if (kind == EvolutionEvent.Missing)
        {
            elements.Add(Problem(Whole(path), routeTo, DeliveryProblem.MissingEvent));
            return;
        }

        if (!data.IsObject() && !data.IsArray() && kind is EvolutionEvent.Message or EvolutionEvent.Update or EvolutionEvent.Edit or EvolutionEvent.Delete)
        {
            elements.Add(Problem(dataPath, routeTo, DeliveryProblem.MissingData));
            return;
        }

        var context = (Parser: this, RouteTo: routeTo);
        switch (kind)
        {
            case EvolutionEvent.Message:
                // The library's own event wraps its messages once more: { messages: […], type: "notify" }.
                var wrapped = data.Member("messages"u8);
                if (wrapped.IsArray()) (data, dataPath) = (wrapped, dataPath + ".messages");
                ReadEach(data, dataPath, routeTo, context, static (e, p, c) => c.Parser._messages.ReadMessage(e, p, c.RouteTo), elements);
                break;
            case EvolutionEvent.Update:
                ReadEach(data, dataPath, routeTo, context, static (e, p, c) => c.Parser.ReadUpdate(e, p, c.RouteTo), elements);
                break;
            case EvolutionEvent.Edit:
                ReadEach(data, dataPath, routeTo, context, static (e, p, c) => c.Parser._messages.ReadEdit(e, p, c.RouteTo), elements);
                break;
            case EvolutionEvent.Delete:
                ReadEach(data, dataPath, routeTo, context, static (e, p, c) => EvolutionMessageReader.ReadDelete(e, p, c.RouteTo), elements);
                break;
            case EvolutionEvent.Session:
                elements.Add(new DeliveryElement { Path = dataPath, RouteTo = routeTo, Session = EvolutionSession.Read(name, data) });
                break;
            case EvolutionEvent.Presence:
                elements.Add(Ignored(dataPath, routeTo, IgnoredReason.Presence));
                break;
            case EvolutionEvent.ChatState:
                elements.Add(Ignored(dataPath, routeTo, IgnoredReason.ChatState));
                break;
            default:
                elements.Add(Notice(dataPath, routeTo, name, data.IsPresent() ? data : envelope));
                break;
        }
    }

    private DeliveryElement ReadUpdate(JsonElement update, string path, string? routeTo) =>
        EvolutionStatus.Read(update, path, routeTo)
        ?? _messages.ReadChange(update, path, routeTo)
        ?? Notice(path, routeTo, "messages.update", update);

    private static EvolutionEvent ReadEvent(JsonElement element, JsonElement data, out string name)
    {
        name = "";
        if (element.ValueKind == JsonValueKind.String)
        {
            // The one event that every message brings is known without making a string of it.
            if (element.ValueEquals("messages.upsert"u8)) return EvolutionEvent.Message;
            name = element.Word(256)?.Trim().ToLowerInvariant().Replace('_', '.').Replace('-', '.') ?? "";
        }

        switch (name)
        {
            case "messages.upsert" or "send.message":
                return EvolutionEvent.Message;
            case "messages.update":
                return EvolutionEvent.Update;
            case "messages.edited":
                return EvolutionEvent.Edit;
            case "messages.delete":
                return EvolutionEvent.Delete;
            case "connection.update" or "status.instance" or "logout.instance" or "remove.instance" or "qrcode.updated":
                return EvolutionEvent.Session;
            case "presence.update":
                return EvolutionEvent.Presence;
            case "chats.update" or "chats.upsert" or "chats.set":
                return EvolutionEvent.ChatState;
            case "":
                var sample = data.IsArray() && data.GetArrayLength() > 0 ? data[0] : data;
                if (sample.Member("message"u8).IsObject()) return EvolutionEvent.Message;
                return sample.Member("keyId"u8).IsPresent() || sample.Member("update"u8).IsObject() ? EvolutionEvent.Update : EvolutionEvent.Missing;
            default:
                return EvolutionEvent.Other;
        }
    }

    private enum EvolutionEvent
    {
        Missing,
        Message,
        Update,
        Edit,
        Delete,
        Session,
        Presence,
        ChatState,
        Other,
    }
}
