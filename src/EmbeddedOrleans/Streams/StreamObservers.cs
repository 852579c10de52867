namespace EmbeddedOrleans.Streams;

/// <summary>The observers that one activation has attached to its subscriptions; they die with it.</summary>
internal sealed class StreamObservers
{
    public Dictionary<Guid, object> BySubscription { get; } = [];
}
