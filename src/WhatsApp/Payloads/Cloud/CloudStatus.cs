using System.Text.Json;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>One of a change's <c>statuses</c>.</summary>
internal static class CloudStatus
{
    /// <summary>Null when its word has no rank (<c>deleted</c>, <c>warning</c>, a call's): to be kept as a notice.</summary>
    public static DeliveryElement? Read(JsonElement status, string path, CloudValue value)
    {
        if (status.Member("status"u8).Word(64) is not { } word)
            return new DeliveryElement { Path = path, RouteTo = value.RouteTo, Problem = DeliveryProblem.MissingStatus };
        if (StatusWord.Read(word) is not { } rank || status.Member("type"u8).ValueIs("call"u8)) return null;
        var id = status.Member("id"u8).Identifier();
        if (DeliveryProblem.OfMessageId(id) is { } problem) return new DeliveryElement { Path = path, RouteTo = value.RouteTo, Problem = problem };

        var (messageId, conversationId) = CallbackData.Read(status.Member("biz_opaque_callback_data"u8).Text());
        var contact = ReadRecipient(status, value);
        return new DeliveryElement
        {
            Path = path,
            RouteTo = value.RouteTo,
            Status = new StatusUpdate
            {
                ProviderMessageId = id!,
                Status = rank,
                At = ProviderTime.Read(status.Member("timestamp"u8)),
                Errors = CloudErrors.Read(status.Member("errors"u8)),
                Contact = contact.IsEmpty ? null : contact,
                MessageId = messageId,
                ConversationId = conversationId,
                ProviderStatus = word,
            },
        };
    }

    private static ContactIdentity ReadRecipient(JsonElement status, CloudValue value)
    {
        var recipient = status.Member("recipient_id"u8).Word(256);
        var userId = status.Member("recipient_user_id"u8).Word(256);
        var parent = status.Member("recipient_parent_user_id"u8).Word(256);
        return status.Member("recipient_type"u8).ValueIs("group"u8)
            ? CloudContact.Read(status.Member("recipient_participant_id"u8).Word(256), userId, parent, recipient, value)
            : CloudContact.Read(recipient, userId, parent, null, value);
    }

    private static bool ValueIs(this JsonElement element, ReadOnlySpan<byte> text) =>
        element.ValueKind == JsonValueKind.String && element.ValueEquals(text);
}
