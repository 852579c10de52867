using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// Messages, edits and deletions of Evolution API. An edit or deletion that comes without an id of its own gets one
/// made of its target (<c>delete:ID</c>; see <see cref="EditId"/>), because the target's id is already that of a message.
/// </summary>
internal sealed class EvolutionMessageReader(WhatsAppOptions options)
{
    private const int NameCharactersMax = 256;

    // messageStubType of a message that this device could not decrypt yet.
    private const long StubCiphertext = 2;

    private readonly WebMessageReader _web = new(options);

    public DeliveryElement ReadMessage(JsonElement data, string path, string? routeTo)
    {
        var keyJson = data.Member("key"u8);
        var key = EvolutionKey.Read(keyJson);
        if (key.Id is null) return Problem(path, routeTo, DeliveryProblem.MissingMessageId);
        var message = data.Member("message"u8);
        var content = message.IsObject()
            ? _web.Read(message, data.Member("contextInfo"u8))
            : ReadStub(data, ref key);
        return Element(path, routeTo, key, content, data.Member("pushName"u8), data.Member("messageTimestamp"u8));
    }

    public DeliveryElement ReadEdit(JsonElement data, string path, string? routeTo)
    {
        var key = EvolutionKey.Read(data.Member("key"u8));
        if (key.Id is null) return Problem(path, routeTo, DeliveryProblem.MissingMessageId);
        var edited = _web.Read(data.Member("editedMessage"u8), default);
        var time = data.Member("timestampMs"u8);
        var content = new WebContent { Kind = MessageKind.Edited, Text = edited.Text, Content = new MessageContent { TargetProviderMessageId = key.Id } };
        return Element(path, routeTo, key, content, default, time, EditId.Of(key.Id, ProviderTime.Read(time), edited.Text));
    }

    public static DeliveryElement ReadDelete(JsonElement data, string path, string? routeTo)
    {
        var key = EvolutionKey.Read(data.Member("key"u8) is { ValueKind: JsonValueKind.Object } inner ? inner : data);
        if (key.Id is null) return Problem(path, routeTo, DeliveryProblem.MissingMessageId);
        return Element(path, routeTo, key, Deleted(key.Id), default, default, DeleteId(key.Id));
    }

    /// <summary>An update that changes the message itself; null when it is none of those.</summary>
    public DeliveryElement? ReadChange(JsonElement data, string path, string? routeTo)
    {
        var update = data.Member("update"u8);
        var key = EvolutionKey.Read(data.Member("key"u8) is { ValueKind: JsonValueKind.Object } inner ? inner : data);
        if (key.Id is null) return Problem(path, routeTo, DeliveryProblem.MissingMessageId);

        var status = update.Member("status"u8).IsPresent() ? update.Member("status"u8) : data.Member("status"u8);
        if (string.Equals(status.Text(), "DELETED", StringComparison.OrdinalIgnoreCase) || update.Member("messageStubType"u8).Integer() == 1)
            return Element(path, routeTo, key, Deleted(key.Id), default, default, DeleteId(key.Id));
        if (!update.Member("message"u8).IsObject()) return null;

        var content = _web.Read(update.Member("message"u8), default);
        if (content.Kind != MessageKind.Edited) return null;
        content = content with { Content = new MessageContent { TargetProviderMessageId = content.Content?.TargetProviderMessageId ?? key.Id } };
        var time = update.Member("messageTimestamp"u8);
        return Element(path, routeTo, key, content, default, time, EditId.Of(key.Id, ProviderTime.Read(time), content.Text));
    }

    // A notice without a body: a change of the group, or a message that cannot be read yet. The latter comes again
    // under the same id, so its placeholder must not take that id away from it.
    private WebContent ReadStub(JsonElement data, ref EvolutionKey key)
    {
        var stub = data.Member("messageStubType"u8);
        if (stub.Integer() == StubCiphertext || stub.Text() == "CIPHERTEXT")
        {
            var content = new WebContent { Kind = MessageKind.System, Content = new MessageContent { TargetProviderMessageId = key.Id } };
            key = key.WithId($"waiting:{key.Id}");
            return content;
        }

        return stub.IsPresent()
            ? new WebContent { Kind = MessageKind.System, Content = new MessageContent { RawJson = RawJson.Keep(data, options.RawJsonBytesMax) } }
            : _web.Unsupported(data);
    }

    private static DeliveryElement Element(string path, string? routeTo, EvolutionKey key, WebContent content, JsonElement pushName,
        JsonElement time, string? id = null)
    {
        id ??= key.Id!;
        if (DeliveryProblem.OfMessageId(id) is { } unusable) return Problem(path, routeTo, unusable);
        var parties = key.Parties(pushName.Word(NameCharactersMax));
        var contact = parties.Resolve(out var ignored, out var problem);
        if (problem is not null) return Problem(path, routeTo, problem);
        if ((ignored ?? content.Ignored) is { } reason) return new DeliveryElement { Path = path, RouteTo = routeTo, Ignored = reason };
        return new DeliveryElement
        {
            Path = path,
            RouteTo = routeTo,
            MediaBytes = content.MediaBytes,
            Message = new InboundMessage
            {
                ProviderMessageId = id,
                Contact = contact!,
                Kind = content.Kind,
                Text = content.Text,
                Content = content.Content,
                SentAt = ProviderTime.Read(time),
                FromMe = key.FromMe == true,
            },
        };
    }

    private static WebContent Deleted(string target) =>
        new() { Kind = MessageKind.Deleted, Content = new MessageContent { TargetProviderMessageId = target } };

    private static string DeleteId(string target) => $"delete:{target}";

    private static DeliveryElement Problem(string path, string? routeTo, string code) => new() { Path = path, RouteTo = routeTo, Problem = code };
}
