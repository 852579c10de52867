namespace Waqtor.Api.Inbound;

/// <summary>Why a delivery or an element is kept raw; beside these the codes of the parsers.</summary>
internal static class ParkReason
{
    public const string UnknownPhoneNumberId = "unknown_phone_number_id";
    public const string UnknownInstance = "unknown_instance";
    public const string NoContact = "no_contact";
    /// <summary>The store works and yet refuses this delivery, again and again.</summary>
    public const string NotStorable = "not_storable";
}
