namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// What a hub's subscription answers: on the wire its <see cref="Standing"/>. Events follow once that is written, so that its
/// cursor is not older than they are.
/// </summary>
internal sealed record SubscribeAnswer(FeedSubscription Subscription, Action<FeedSubscription> Begin);
