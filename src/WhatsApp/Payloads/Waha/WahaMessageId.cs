using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>
/// A WAHA message id: <c>{fromMe}_{chat}_{ID}[_{participant}]</c>, such as <c>false_201000000001@c.us_3A83…</c>, or the bare ID.
/// </summary>
/// <remarks>
/// Customers' messages keep the id as it came. Messages of the business are known by the bare ID alone, because the
/// same message is named in several ways: sending by the NOWEB engine answers <c>{key: {id: ID}}</c> or the bare ID, by
/// others <c>true_CHAT_ID</c>; its acks say <c>true_CHAT_ID</c>, where CHAT may have become a <c>@lid</c>, in groups with a
/// participant behind, and look-alikes say the bare ID. <see cref="OfSent"/> brings all of them together.
/// </remarks>
internal readonly record struct WahaMessageId(string Raw, bool? FromMe, string? Chat, string Bare, string? Participant)
{
    /// <summary>From a string, or from the engine's object with <c>_serialized</c> or <c>id</c>. Null: there is none.</summary>
    public static WahaMessageId? Read(JsonElement element)
    {
        var text = element.IsObject()
            ? element.Member("_serialized"u8).Identifier() ?? element.Member("id"u8).Identifier()
            : element.Identifier();
        return text is null ? null : Parse(text);
    }

    public static WahaMessageId Parse(string raw)
    {
        var rest = raw.AsSpan();
        bool? fromMe = null;
        if (rest.StartsWith("true_"))
        {
            fromMe = true;
            rest = rest[5..];
        }
        else if (rest.StartsWith("false_"))
        {
            fromMe = false;
            rest = rest[6..];
        }

        string? chat = null;
        var at = rest.IndexOf('@');
        var afterChat = at < 0 ? -1 : rest[at..].IndexOf('_');
        if (afterChat >= 0)
        {
            chat = new string(rest[..(at + afterChat)]);
            rest = rest[(at + afterChat + 1)..];
        }

        string? participant = null;
        var afterId = rest.IndexOf('_');
        if (afterId > 0 && rest[afterId..].Contains('@'))
        {
            participant = new string(rest[(afterId + 1)..]);
            rest = rest[..afterId];
        }

        var bare = rest.Length == raw.Length || rest.IsEmpty ? raw : new string(rest);
        return new WahaMessageId(raw, fromMe, chat, bare, participant);
    }

    /// <summary>The one name of a message of the business, whichever way it was written.</summary>
    public static string OfSent(string raw) => Parse(raw).Bare;

    /// <summary>As the message is stored, when it is known whether the business wrote it.</summary>
    public string Stored(bool fromMe) => fromMe ? Bare : Raw;

    /// <summary>
    /// The stored id of another message that this one speaks of. A bare ID of a customer's message gets the chat of
    /// this message, since that is how the other message was stored.
    /// </summary>
    public string Refer(string target, bool targetFromMe)
    {
        var parsed = Parse(target);
        if (parsed.FromMe is { } known) return parsed.Stored(known);
        if (targetFromMe || parsed.Chat is not null || Chat is null) return parsed.Chat is null ? target : parsed.Bare;
        return Participant is null ? $"false_{Chat}_{target}" : $"false_{Chat}_{target}_{Participant}";
    }
}
