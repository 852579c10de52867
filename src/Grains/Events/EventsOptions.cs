using System.ComponentModel.DataAnnotations;

namespace Waqtor.Events;

/// <summary>How events are handed out: section <c>Waqtor:Events</c>.</summary>
public sealed class EventsOptions
{
    public const string Section = "Events";

    /// <summary>Calls to the router that a node has under way at a time; what is told meanwhile goes together. Default: 2.</summary>
    [Range(1, 100)]
    public int RouteCallsMax { get; set; } = 2;

    /// <summary>Events of one call to the router. Default: 500.</summary>
    [Range(1, 10_000)]
    public int RouteEventsMax { get; set; } = 500;

    /// <summary>Events that wait for one topic of the feed on one node; beyond it the oldest are dropped. Default: 10,000.</summary>
    [Range(100, 1_000_000)]
    public int TopicQueueEventsMax { get; set; } = 10_000;

    /// <summary>Events of one call to a topic. Default: 200.</summary>
    [Range(1, 1_000)]
    public int TopicCallEventsMax { get; set; } = 200;
}
