using Waqtor.Access;
using Waqtor.Api.Access;
using Waqtor.Api.Conversations;
using Waqtor.Api.Instances;
using Waqtor.Conversations;

namespace Waqtor.Api.Realtime;

/// <summary>
/// Who may listen to what. Rooms of an instance and of its conversations are for those who see the instance; topics that
/// span instances are open, and each event in them is checked by itself (<see cref="FeedListener.Sees"/>).
/// </summary>
internal sealed class TopicAccess(InstanceCache instances, ConversationFinder conversations)
{
    public const string UnknownTopic = "unknown_topic";
    public const string Forbidden = "forbidden";
    public const string TooManyRooms = "too_many_rooms";

    /// <summary>The room, or why not. What a caller may not see is told like what does not exist.</summary>
    public async ValueTask<(FeedRoom? Room, string? Refusal)> FindAsync(string? topic, Caller caller, CancellationToken cancellationToken)
    {
        if (!TopicName.TryParse(topic, out var name)) return (null, UnknownTopic);
        return name.Kind switch
        {
            TopicKind.Instance or TopicKind.Queue => caller.Sees(name.Id) && await instances.GetAsync(name.Id) is not null
                ? (new FeedRoom(name, name.Text), null)
                : (null, Forbidden),
            TopicKind.Conversation => await FindConversationAsync(name, caller, cancellationToken),
            TopicKind.User => caller.KeyId == name.Id || caller is { Role: Role.Admin, Instances: null } ? (new FeedRoom(name, name.Text), null) : (null, Forbidden),
            _ => (new FeedRoom(name, name.Text), null),
        };
    }

    private async ValueTask<(FeedRoom? Room, string? Refusal)> FindConversationAsync(TopicName name, Caller caller, CancellationToken cancellationToken) =>
        await conversations.FindAsync(name.Id, caller, cancellationToken) is { Record: { } record }
            ? (new FeedRoom(name, "instance:" + record.Instance, name.Id), null)
            : (null, Forbidden);
}
