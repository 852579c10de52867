namespace Waqtor.WhatsApp;

/// <summary>A WhatsApp Web address (JID), such as <c>201000000001@s.whatsapp.net</c> or <c>69380000000000@lid</c>.</summary>
internal readonly record struct ChatAddress(ChatAddressKind Kind, string Local)
{
    /// <summary>A bare number is taken as a phone; a device or agent part (<c>:22</c>, <c>_1</c>) is not of the address.</summary>
    public static ChatAddress Parse(string? jid)
    {
        if (string.IsNullOrEmpty(jid) || jid == "me") return default;
        var at = jid.IndexOf('@', StringComparison.Ordinal);
        var domain = at < 0 ? [] : jid.AsSpan(at + 1);
        var local = at < 0 ? jid.AsSpan() : jid.AsSpan(0, at);
        if (local.IsEmpty || local.Length > AddressCharactersMax) return new(ChatAddressKind.Unknown, "");

        switch (domain)
        {
            case "s.whatsapp.net" or "c.us" or "hosted" or "":
                return Phone.Read(WithoutDevice(local)) is { } phone ? new(ChatAddressKind.Phone, phone) : new(ChatAddressKind.Unknown, "");
            case "lid" or "hosted.lid":
                return WithoutDevice(local) is { IsEmpty: false } lid ? new(ChatAddressKind.Lid, new string(lid)) : new(ChatAddressKind.Unknown, "");
            case "g.us":
                return new(ChatAddressKind.Group, new string(local));
            case "broadcast":
                return new(local.SequenceEqual("status") ? ChatAddressKind.StatusBroadcast : ChatAddressKind.BroadcastList, new string(local));
            case "newsletter":
                return new(ChatAddressKind.Newsletter, new string(local));
            default:
                return new(ChatAddressKind.Unknown, "");
        }
    }

    public const int AddressCharactersMax = 256;

    private static ReadOnlySpan<char> WithoutDevice(ReadOnlySpan<char> local)
    {
        var end = local.IndexOfAny(':', '_');
        return end < 0 ? local : local[..end];
    }
}
