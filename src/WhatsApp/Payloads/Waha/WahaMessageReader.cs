using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>Messages, reactions, edits, revocations and poll votes of WAHA and its look-alikes.</summary>
internal sealed class WahaMessageReader(WhatsAppOptions options)
{
    private const int NameCharactersMax = 256;

    private readonly WahaContentReader _content = new(options);

    public DeliveryElement Read(JsonElement payload, string path, WahaEnvelope envelope)
    {
        // A vote wraps the message that it is; a revocation may show only what is left of the message.
        var message = envelope.Part switch
        {
            WahaMessagePart.Vote => payload.Member("vote"u8),
            WahaMessagePart.Revocation when !payload.Member("id"u8).IsPresent() =>
                payload.Member("after"u8).IsObject() ? payload.Member("after"u8) : payload.Member("before"u8),
            _ => payload,
        };
        if (WahaMessageId.Read(message.Member("id"u8)) is not { } id) return Problem(path, envelope, DeliveryProblem.MissingMessageId);

        var fromMe = message.Member("fromMe"u8, "is_from_me"u8).Flag() ?? id.FromMe ?? false;
        var parties = ReadParties(message, payload, id, fromMe, envelope);
        var contact = parties.Resolve(out var ignored, out var problem);
        if (problem is not null) return Problem(path, envelope, problem);

        var (content, storedId) = envelope.Part switch
        {
            WahaMessagePart.Reaction => (ReadReaction(message, id, fromMe), id.Stored(fromMe)),
            WahaMessagePart.Edit => ReadEdit(message, id, fromMe, envelope),
            WahaMessagePart.Revocation => ReadRevocation(payload, id, fromMe),
            WahaMessagePart.Waiting => (Waiting(id.Stored(fromMe)), $"waiting:{id.Stored(fromMe)}"),
            WahaMessagePart.Vote => (_content.ReadVote(message, payload, id), id.Stored(fromMe)),
            _ => (_content.Read(message, id, envelope), id.Stored(fromMe)),
        };
        if ((ignored ?? content.Ignored) is { } reason) return new DeliveryElement { Path = path, RouteTo = envelope.RouteTo, Ignored = reason };
        if (DeliveryProblem.OfMessageId(storedId) is { } unusable) return Problem(path, envelope, unusable);
        return new DeliveryElement
        {
            Path = path,
            RouteTo = envelope.RouteTo,
            MediaBytes = content.MediaBytes,
            Message = new InboundMessage
            {
                ProviderMessageId = storedId,
                Contact = contact!,
                Kind = content.Kind,
                Text = content.Text,
                Content = content.Content,
                SentAt = ProviderTime.Read(message.Member("timestamp"u8)),
                FromMe = fromMe,
            },
        };
    }

    private static ChatParties ReadParties(JsonElement message, JsonElement payload, WahaMessageId id, bool fromMe, WahaEnvelope envelope)
    {
        var data = message.Member("_data"u8);
        var key = data.Member("key"u8);
        var info = data.Member("Info"u8);
        var from = message.Member("from"u8).Text() ?? payload.Member("before"u8).Member("from"u8).Text();
        var to = message.Member("to"u8).Text();
        var named = id.Chat ?? message.Member("chat_id"u8, "chatId"u8).Text();
        var isGroup = IsGroup(named);

        // From others: the sender, or the group. From us: the chat, which engines write in different places.
        var chat = fromMe
            ? envelope.IsMe(named) ? to ?? named : named ?? (envelope.IsMe(to) ? from : to ?? from)
            : isGroup ? named : from ?? named;
        return new ChatParties
        {
            FromMe = fromMe,
            Chat = chat,
            ChatOtherwise = fromMe ? null : message.Member("from_lid"u8).Text() ?? key.Member("remoteJidAlt"u8).Text() ?? info.Member("SenderAlt"u8).Text(),
            Participant = message.Member("participant"u8).Text() ?? message.Member("author"u8).Text()
                ?? (isGroup && !IsGroup(from) ? from : null) ?? id.Participant,
            ParticipantOtherwise = message.Member("from_lid"u8).Text() ?? key.Member("participantAlt"u8).Text() ?? info.Member("SenderAlt"u8).Text(),
            Name = data.Member("notifyName"u8).Word(NameCharactersMax) ?? data.Member("pushName"u8).Word(NameCharactersMax)
                ?? info.Member("PushName"u8).Word(NameCharactersMax) ?? message.Member("from_name"u8).Word(NameCharactersMax),
        };
    }

    private static bool IsGroup(string? jid) => jid?.EndsWith("@g.us", StringComparison.Ordinal) == true;

    private static WebContent ReadReaction(JsonElement message, WahaMessageId id, bool fromMe)
    {
        var reaction = message.Member("reaction"u8);
        var emoji = reaction.IsObject() ? reaction.Member("text"u8).Word(64) : reaction.Word(64);
        var target = WahaMessageId.Read(reaction.Member("messageId"u8))?.Raw ?? message.Member("reacted_message_id"u8).Identifier();
        return new WebContent
        {
            Kind = MessageKind.Reaction,
            Content = new MessageContent
            {
                Reaction = new ReactionContent(emoji),
                // Customers react to us more often than to themselves.
                TargetProviderMessageId = target is null ? null : id.Refer(target, targetFromMe: !fromMe),
            },
        };
    }

    private (WebContent Content, string Id) ReadEdit(JsonElement message, WahaMessageId id, bool fromMe, WahaEnvelope envelope)
    {
        var named = message.Member("editedMessageId"u8, "original_message_id"u8).Identifier();
        var own = id.Stored(fromMe);
        var target = named is null ? own : id.Refer(named, fromMe);
        var content = new WebContent
        {
            Kind = MessageKind.Edited,
            Text = message.Member("body"u8).Text() ?? _content.ReadText(message),
            Content = new MessageContent { TargetProviderMessageId = target },
        };
        if (target != own) return (content, own);
        // The event's time: the message's own may still be that of its first words.
        var at = ProviderTime.Read(envelope.Json.Member("timestamp"u8)) ?? ProviderTime.Read(message.Member("timestamp"u8));
        return (content, EditId.Of(target, at, content.Text));
    }

    private static (WebContent Content, string Id) ReadRevocation(JsonElement payload, WahaMessageId id, bool fromMe)
    {
        var named = payload.Member("revokedMessageId"u8, "revoked_message_id"u8).Identifier();
        var target = named is null ? id.Stored(fromMe) : id.Refer(named, payload.Member("revoked_from_me"u8).Flag() ?? fromMe);
        var content = new WebContent { Kind = MessageKind.Deleted, Content = new MessageContent { TargetProviderMessageId = target } };
        return (content, target == id.Stored(fromMe) ? $"delete:{target}" : id.Stored(fromMe));
    }

    // It comes again under the same id once it can be read, so the placeholder must not take that id.
    private static WebContent Waiting(string id) =>
        new() { Kind = MessageKind.System, Content = new MessageContent { TargetProviderMessageId = id } };

    private static DeliveryElement Problem(string path, WahaEnvelope envelope, string code) =>
        new() { Path = path, RouteTo = envelope.RouteTo, Problem = code };
}
