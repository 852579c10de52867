namespace Waqtor.WhatsApp;

/// <summary>Which of WAHA's message events a payload belongs to.</summary>
internal enum WahaMessagePart
{
    Message,
    Reaction,
    Edit,
    Revocation,
    Waiting,
    Vote,
}
