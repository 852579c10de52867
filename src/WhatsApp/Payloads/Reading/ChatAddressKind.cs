namespace Waqtor.WhatsApp;

internal enum ChatAddressKind
{
    None,
    Phone,
    Lid,
    Group,
    /// <summary>A contact's 24-hour story.</summary>
    StatusBroadcast,
    BroadcastList,
    Newsletter,
    Unknown,
}
