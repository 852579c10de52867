namespace Orleans.Streams.Core;

/// <summary>
/// A grain with implicit subscriptions learns here of each stream that reached it, before the first item.
/// </summary>
public interface IStreamSubscriptionObserver
{
    Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
}
