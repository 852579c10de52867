namespace Waqtor.Api.Realtime;

/// <summary>Why a message or a connection of a client was refused; told to clients and counted.</summary>
internal static class FeedRefusal
{
    public const string Full = "full";
    public const string InvalidJson = "invalid_json";
    public const string InvalidMessage = "invalid_message";
    public const string MessageTooLong = "message_too_long";
    public const string NotAuthenticated = "not_authenticated";
    public const string TextTooLong = "text_too_long";
    public const string UnknownType = "unknown_type";
    public const string WrongKey = "wrong_key";
}
