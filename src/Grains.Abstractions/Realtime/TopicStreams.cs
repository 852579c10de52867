namespace Waqtor.Realtime;

/// <summary>The stream on which a topic hints at new events: namespace and, as key, the topic's name. An item is a <see cref="TopicPage"/> with the new events.</summary>
public static class TopicStreams
{
    /// <summary>
    /// Not the name of a grain storage: Orleans would keep the subscribers there, and only its own serializer can read them again.
    /// </summary>
    public const string Provider = "hints";
    public const string Namespace = "topics";
}
