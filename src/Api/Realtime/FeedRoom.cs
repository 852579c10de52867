namespace Waqtor.Api.Realtime;

/// <summary>A topic that a caller may listen to, and where its events come from.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Source">The topic that is read; the room of a conversation is read out of its instance's.</param>
/// <param name="ConversationId">Set where only the events of one conversation count.</param>
internal sealed record FeedRoom(TopicName Name, string Source, string? ConversationId = null)
{
    public static FeedRoom Everyone { get; } = new(new TopicName(TopicName.Everyone, TopicKind.General, ""), TopicName.Everyone);

    public bool IsEveryone => ReferenceEquals(this, Everyone);
}
