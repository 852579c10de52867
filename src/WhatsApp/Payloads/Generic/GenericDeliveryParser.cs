using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// Our own small JSON for channels without a connector, described in <c>docs/reference/generic-webhook.md</c>:
/// <c>{messages[], statuses[], session}</c>, or one bare message.
/// </summary>
public sealed class GenericDeliveryParser(IOptions<WhatsAppOptions> options) : JsonDeliveryParser(ProviderKind.Generic, options.Value)
{
    private readonly GenericMessageReader _messages = new(options.Value);

    private protected override void ReadEnvelope(JsonElement envelope, string path, ImmutableArray<DeliveryElement>.Builder elements)
    {
        var before = elements.Count;
        var known = false;
        foreach (var member in envelope.EnumerateObject())
        {
            if (member.NameEquals("messages"u8))
            {
                known = true;
                ReadEach(member.Value, Join(path, "messages"), null, _messages, static (e, p, reader) => reader.Read(e, p), elements);
            }
            else if (member.NameEquals("statuses"u8))
            {
                known = true;
                ReadEach(member.Value, Join(path, "statuses"), null, this, static (e, p, parser) => ReadStatus(e, p), elements);
            }
            else if (member.NameEquals("session"u8) && member.Value.IsObject())
            {
                known = true;
                elements.Add(ReadSession(member.Value, Join(path, "session")));
            }
        }

        if (known) return;
        if (envelope.Member("id"u8).IsPresent() || envelope.Member("from"u8).IsPresent())
            ReadEach(envelope, Whole(path), null, _messages, static (e, p, reader) => reader.Read(e, p), elements);
        if (elements.Count == before) elements.Add(Problem(Whole(path), null, DeliveryProblem.MissingData));
    }

    private static DeliveryElement ReadStatus(JsonElement status, string path)
    {
        var id = status.Member("id"u8).Identifier();
        if (DeliveryProblem.OfMessageId(id) is { } unusable) return Problem(path, null, unusable);
        if (status.Member("status"u8).Word(64) is not { } word) return Problem(path, null, DeliveryProblem.MissingStatus);
        if (StatusWord.Read(word) is not { } rank) return Problem(path, null, DeliveryProblem.UnknownWord);
        var (messageId, conversationId) = CallbackData.Read($"{status.Member("messageId"u8).Word()}|{status.Member("conversationId"u8).Word()}");
        return new DeliveryElement
        {
            Path = path,
            Status = new StatusUpdate
            {
                ProviderMessageId = id!,
                Status = rank,
                At = ProviderTime.Read(status.Member("timestamp"u8)),
                Errors = CloudErrors.Read(status.Member("errors"u8)),
                MessageId = messageId,
                ConversationId = conversationId,
                ProviderStatus = word,
            },
        };
    }

    private static DeliveryElement ReadSession(JsonElement session, string path)
    {
        SessionStatus? status = session.Member("status"u8).Word(64) switch
        {
            "connecting" => SessionStatus.Connecting,
            "ready" => SessionStatus.Ready,
            "disconnected" => SessionStatus.Disconnected,
            "auth_failure" => SessionStatus.AuthFailure,
            _ => null,
        };
        if (status is null && session.Member("status"u8).IsPresent()) return Problem(path, null, DeliveryProblem.UnknownWord);
        return new DeliveryElement
        {
            Path = path,
            Session = new SessionUpdate
            {
                Status = status,
                Reason = session.Member("reason"u8).Word(256),
                QrCode = session.Member("qrCode"u8).Word(4_096),
                PairingCode = session.Member("pairingCode"u8).Identifier(),
                Phone = Phone.Read(session.Member("phone"u8).Identifier()),
                ProfileName = session.Member("profileName"u8).Word(NameCharactersMax),
            },
        };
    }
}
