namespace Waqtor.Api.Realtime.Transports;

/// <summary>The hub for all topics, by subscription.</summary>
internal sealed class EventsHub(FeedSubscriptions subscriptions, FeedServices services) : FeedHub(subscriptions, services);
