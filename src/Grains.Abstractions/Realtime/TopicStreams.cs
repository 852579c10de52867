namespace Waqtor.Realtime;

/// <summary>The stream on which a topic hints at new events: namespace and, as key, the topic's name. An item is a <see cref="TopicPage"/> with the new events.</summary>
public static class TopicStreams
{
    public const string Provider = "waqtor";
    public const string Namespace = "topics";
}
