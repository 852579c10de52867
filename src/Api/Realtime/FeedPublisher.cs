using System.Text.Json;
using Waqtor.Events;
using Waqtor.Realtime;

namespace Waqtor.Api.Realtime;

/// <summary>
/// The one way for nodes to publish to the feed: to everybody, a topic, a room or a user, over all transports or one kind. What
/// grains do is published by their outboxes and not here.
/// </summary>
internal sealed class FeedPublisher(IGrainFactory grains, IIdSource ids, TimeProvider clock)
{
    /// <param name="target">A topic's name, or <see cref="TopicName.Everyone"/>.</param>
    /// <param name="payload">JSON.</param>
    /// <param name="instance">The instance it is about: keys of other instances do not get it. Empty: none.</param>
    /// <param name="channel">Null: all transports.</param>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    public async Task<DomainEvent> PublishAsync(string target, string eventName, string payload, string instance = "", EventChannel? channel = null, string? conversationId = null)
    {
        var told = new DomainEvent
        {
            Id = ids.New(IdPrefix.Event),
            Name = eventName,
            At = clock.GetUtcNow(),
            Instance = instance,
            ConversationId = conversationId,
            NoticeJson = payload,
            Channel = channel,
        };
        await grains.GetGrain<ITopicGrain>(SourceOf(target, instance)).PublishAsync([told]);
        return told;
    }

    /// <summary>A raw line of a log, to the room of a job or an analysis.</summary>
    public Task<DomainEvent> PublishLogAsync(string room, string line, string instance = "") =>
        PublishAsync(room, FeedEventNames.Log, JsonSerializer.Serialize(new { line }, FeedPayload.Json), instance);

    private static string SourceOf(string target, string instance)
    {
        if (target == TopicName.Everyone) return target;
        if (!TopicName.TryParse(target, out var name)) throw new ArgumentException("There is no such topic.", nameof(target));
        // The room of a conversation is read out of its instance's.
        return name.Kind == TopicKind.Conversation ? "instance:" + instance : name.Text;
    }
}
