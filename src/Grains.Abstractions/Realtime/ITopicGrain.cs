using System.Collections.Immutable;
using Waqtor.Events;

namespace Waqtor.Realtime;

/// <summary>
/// One topic of the feed: gives each event its sequence within an epoch, keeps the last ones, and hints at new ones
/// by an Orleans stream (<see cref="TopicStreams"/>). Key: the topic's name, such as <c>messages</c> or <c>instance:shop</c>.
/// </summary>
[Alias("waqtor.ITopicGrain")]
public interface ITopicGrain : IGrainWithStringKey
{
    /// <summary>Ids seen lately are dropped.</summary>
    [Alias("PublishAsync")]
    Task PublishAsync(ImmutableArray<DomainEvent> events);

    /// <summary>Events were lost on their way here: a new epoch begins, so that readers learn of it.</summary>
    [Alias("BeginAnewAsync")]
    Task BeginAnewAsync();

    /// <summary>Events after <paramref name="sequence"/> of <paramref name="epoch"/>; null epoch: the newest.</summary>
    [Alias("ReadAsync")]
    Task<TopicPage> ReadAsync(string? epoch, long sequence, int limit);
}
