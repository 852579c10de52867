using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// Who stands on the other side of a WhatsApp Web chat, from all addresses a gateway gave. The contact is always the
/// chat's other party; in a group it is the group and, for messages of others, the participant who wrote. Our own
/// participant and our own display name are left out, so that they never become ids of the customer.
/// </summary>
internal ref struct ChatParties
{
    private string? _phone;
    private string? _lid;
    private ChatAddress _chat;

    public required string? Chat { get; init; }
    public bool FromMe { get; init; }
    public string? Name { get; init; }
    /// <summary>Other addresses of the same chat: <c>remoteJidAlt</c> and its older names.</summary>
    public string? ChatOtherwise { get; init; }
    public string? Participant { get; init; }
    public string? ParticipantOtherwise { get; init; }

    /// <summary>Null with one of the two codes: nothing to store, or not to be read.</summary>
    public ContactIdentity? Resolve(out string? ignored, out string? problem)
    {
        ignored = problem = null;
        _chat = ChatAddress.Parse(Chat);
        switch (_chat.Kind)
        {
            case ChatAddressKind.StatusBroadcast:
                ignored = IgnoredReason.StatusBroadcast;
                return null;
            case ChatAddressKind.Newsletter:
                ignored = IgnoredReason.Newsletter;
                return null;
            case ChatAddressKind.BroadcastList when FromMe:
                ignored = IgnoredReason.BroadcastList;
                return null;
            case ChatAddressKind.BroadcastList:
                // A list that somebody else keeps: the answer goes to the one who wrote.
                return ResolveWriter(group: null, out problem);
            case ChatAddressKind.Group:
                return FromMe ? new ContactIdentity { GroupId = _chat.Local } : ResolveWriter(_chat.Local, out problem);
            case ChatAddressKind.Phone or ChatAddressKind.Lid:
                Add(_chat);
                Add(ChatAddress.Parse(ChatOtherwise));
                return new ContactIdentity { Phone = _phone, Lid = _lid, Name = FromMe ? null : Name };
            case ChatAddressKind.None:
                problem = DeliveryProblem.MissingSender;
                return null;
            default:
                problem = DeliveryProblem.UnknownAddress;
                return null;
        }
    }

    private ContactIdentity? ResolveWriter(string? group, out string? problem)
    {
        problem = null;
        Add(ChatAddress.Parse(Participant));
        Add(ChatAddress.Parse(ParticipantOtherwise));
        if (group is not null || _phone is not null || _lid is not null)
            return new ContactIdentity { GroupId = group, Phone = _phone, Lid = _lid, Name = Name };
        problem = DeliveryProblem.MissingSender;
        return null;
    }

    private void Add(ChatAddress address)
    {
        if (address.Kind == ChatAddressKind.Phone) _phone ??= address.Local;
        if (address.Kind == ChatAddressKind.Lid) _lid ??= address.Local;
    }
}
