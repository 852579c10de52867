namespace Waqtor;

/// <summary>The prefix of each kind of id, written before the underscore.</summary>
public static class IdPrefix
{
    public const string ApiKey = "key";
    public const string Batch = "bat";
    public const string Contact = "con";
    public const string Conversation = "cnv";
    public const string Delivery = "dlv";
    public const string DeviceSession = "dvs";
    public const string Event = "evt";
    public const string Instance = "ins";
    public const string Message = "msg";
    public const string Rule = "rul";
    public const string Suggestion = "sug";
}
