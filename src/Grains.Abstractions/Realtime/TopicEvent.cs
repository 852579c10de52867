using Waqtor.Events;

namespace Waqtor.Realtime;

/// <summary>An event with its place in a topic.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.topic-event")]
public sealed record TopicEvent(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DomainEvent Event);
