namespace Waqtor.WhatsApp;

/// <summary>Stable codes of why an element cannot be read. They stand in delivery records and are never renamed.</summary>
public static class DeliveryProblem
{
    public const string NotAnObject = "not_an_object";
    public const string NotAnArray = "not_an_array";
    public const string MissingEntry = "missing_entry";
    public const string MissingChanges = "missing_changes";
    public const string MissingValue = "missing_value";
    public const string MissingEvent = "missing_event";
    public const string MissingData = "missing_data";
    public const string MissingMessageId = "missing_message_id";
    public const string MissingSender = "missing_sender";
    public const string MissingStatus = "missing_status";
    public const string MessageIdTooLong = "message_id_too_long";

    /// <summary>Longest id of a message that is kept; real ones have less than 150 characters.</summary>
    internal const int MessageIdCharactersMax = 512;

    /// <summary>Why an id cannot be used; null: it can.</summary>
    internal static string? OfMessageId(string? id) => id switch
    {
        null => MissingMessageId,
        { Length: > MessageIdCharactersMax } => MessageIdTooLong,
        _ => null,
    };

    /// <summary>The chat's address is of a kind this version does not know.</summary>
    public const string UnknownAddress = "unknown_address";
    /// <summary>A <c>kind</c> or <c>status</c> of our own generic JSON that is none of its words.</summary>
    public const string UnknownWord = "unknown_word";
    /// <summary>Reading it failed in a way nobody foresaw; its neighbours are unharmed.</summary>
    public const string Unreadable = "unreadable";
}
