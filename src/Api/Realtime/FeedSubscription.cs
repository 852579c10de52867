namespace Waqtor.Api.Realtime;

/// <summary>The answer to a subscription, and what is to be told after it.</summary>
internal sealed record FeedSubscription(Standing Standing, IReadOnlyList<FeedListener> Added);
