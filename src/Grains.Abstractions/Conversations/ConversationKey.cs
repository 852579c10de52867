using System.Security.Cryptography;
using System.Text;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>
/// Key of a conversation (instance + contact). It is computed from the first id known of the contact, so that no
/// lookup stands between a message and its grain; a contact that turns out to have another id is joined by a
/// record in the grain itself (<see cref="IConversationGrain.MoveToAsync"/>).
/// </summary>
public readonly record struct ConversationKey(string Id)
{
    /// <summary>The key for a contact of an instance: group, else phone, else LID, else business-scoped user id.</summary>
    /// <exception cref="ArgumentException">The identity is empty.</exception>
    public static ConversationKey For(string instanceId, ContactIdentity contact) => new(contact switch
    {
        { GroupId: { } group } => Hash(instanceId, "group:", group),
        { Phone: { } phone } => Hash(instanceId, "phone:", phone),
        { Lid: { } lid } => Hash(instanceId, "lid:", lid),
        { UserId: { } user } => Hash(instanceId, "user:", user),
        _ => throw new ArgumentException("The contact has no id.", nameof(contact)),
    });

    /// <summary>The keys the same contact would have by each of its other ids.</summary>
    public static IEnumerable<ConversationKey> Aliases(string instanceId, ContactIdentity contact)
    {
        if (contact.GroupId is not null) yield break;
        if (contact is { Phone: not null, Lid: { } lid }) yield return new(Hash(instanceId, "lid:", lid));
        if (contact.UserId is { } user && (contact.Phone ?? contact.Lid) is not null) yield return new(Hash(instanceId, "user:", user));
    }

    /// <summary>The id as it stands in routes and events, for example <c>cnv_0f3a…</c>.</summary>
    public override string ToString() => Id;

    /// <exception cref="FormatException">Not <c>cnv_</c> and a UUID.</exception>
    public static ConversationKey Parse(string value) => TryParse(value, out var key)
        ? key
        : throw new FormatException("A conversation id is cnv_ and a UUID.");

    /// <summary>False when the text is not <c>cnv_</c> and a UUID in lower case.</summary>
    public static bool TryParse(string? value, out ConversationKey key)
    {
        const string Prefix = IdPrefix.Conversation + "_";
        key = default;
        if (value is null || !value.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (!Guid.TryParseExact(value.AsSpan(Prefix.Length), "D", out var id)) return false;
        key = new ConversationKey(Prefix + id);
        return key.Id == value;
    }

    // A UUID v8 (RFC 9562: own content) of the first 16 bytes of SHA-256.
    private static string Hash(string instanceId, string kind, string address)
    {
        const int OnStackMax = 512;
        var bytesMax = Encoding.UTF8.GetMaxByteCount(instanceId.Length + 1 + kind.Length + address.Length);
        var text = bytesMax <= OnStackMax ? stackalloc byte[OnStackMax] : new byte[bytesMax];
        var length = Encoding.UTF8.GetBytes(instanceId, text);
        text[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(kind, text[length..]);
        length += Encoding.UTF8.GetBytes(address, text[length..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return $"{IdPrefix.Conversation}_{new Guid(hash[..16], bigEndian: true)}";
    }
}
