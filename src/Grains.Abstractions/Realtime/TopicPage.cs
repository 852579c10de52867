using System.Collections.Immutable;

namespace Waqtor.Realtime;

/// <summary>What a topic still has after a cursor.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.topic-page")]
public sealed record TopicPage(
    /// <summary>Changes when the sequence begins anew: whoever held an older one must fetch afresh.</summary>
    [property: Id(0)] string Epoch,
    [property: Id(1)] long LastSequence,
    /// <summary>True when nothing between the cursor and the events is missing.</summary>
    [property: Id(2)] bool Recovered,
    [property: Id(3)] ImmutableArray<TopicEvent> Events);
