using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EmbeddedOrleans.Activations;
using EmbeddedOrleans.Calls;
using EmbeddedOrleans.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace EmbeddedOrleans.Streams;

/// <summary>
/// Who listens to what. Explicit subscriptions are kept until ended; implicit ones exist while items wait.
/// </summary>
internal sealed class StreamDeliveries
{
    private readonly ConcurrentDictionary<StreamKey, StreamTopic> _topics = new();
    private readonly ILookup<string, GrainClass> _implicitByNamespace;

    public StreamDeliveries(GrainRuntime runtime, IOptions<EmbeddedSiloOptions> options)
    {
        Runtime = runtime;
        QueueMax = options.Value.StreamQueueMax;
        _implicitByNamespace = runtime.Classes.All
            .SelectMany(c => c.StreamNamespaces.Select(ns => (Namespace: ns, Class: c)))
            .ToLookup(pair => pair.Namespace, pair => pair.Class);
    }

    public GrainRuntime Runtime { get; }

    public int QueueMax { get; }

    public void Publish(StreamKey key, Func<long, StreamEvent> makeEvent)
    {
        var implicitClasses = ImplicitClasses(key.StreamId);
        while (true)
        {
            // A stream that nobody listens to leaves nothing behind.
            if (!_topics.TryGetValue(key, out var topic))
            {
                if (implicitClasses.Count == 0) return;
                topic = _topics.GetOrAdd(key, k => new StreamTopic(k, this));
            }

            if (topic.TryPublish(makeEvent, implicitClasses)) return;
            Forget(topic);
        }
    }

    public StreamSubscription Subscribe(StreamKey key, object observer)
    {
        var activation = RuntimeContext.Current;
        if (activation is not null && IsImplicit(key.StreamId, activation))
        {
            // The grain is subscribed already; it only says what is to be called.
            var own = new StreamSubscription(ImplicitId(key, activation.Class), key, activation.GrainId, this);
            Attach(own, observer);
            return own;
        }

        var subscription = new StreamSubscription(Guid.NewGuid(), key, activation?.GrainId, this);
        Attach(subscription, observer);
        while (true)
        {
            var topic = _topics.GetOrAdd(key, k => new StreamTopic(k, this));
            if (topic.TryAdd(subscription)) return subscription;
            Forget(topic);
        }
    }

    public static void Attach(StreamSubscription subscription, object observer)
    {
        if (subscription.GrainId is null)
        {
            subscription.ClientObserver = observer;
            return;
        }

        var activation = RuntimeContext.Current;
        if (activation?.GrainId != subscription.GrainId)
        {
            throw new InvalidOperationException("A subscription can only be resumed by the grain that has it.");
        }

        activation!.GetOrAddComponent<StreamObservers>().BySubscription[subscription.Id] = observer;
    }

    public void Unsubscribe(StreamSubscription subscription)
    {
        subscription.IsEnded = true;
        subscription.ClientObserver = null;
        if (RuntimeContext.Current is { } activation && activation.GrainId == subscription.GrainId)
        {
            activation.GetOrAddComponent<StreamObservers>().BySubscription.Remove(subscription.Id);
        }

        if (_topics.TryGetValue(subscription.Stream, out var topic) && topic.Remove(subscription)) Forget(topic);
    }

    public IEnumerable<StreamSubscription> Find(StreamKey key, GrainId? subscriber) =>
        _topics.TryGetValue(key, out var topic) ? topic.Explicit.Where(s => s.GrainId == subscriber) : [];

    public void Forget(StreamTopic topic) =>
        ((ICollection<KeyValuePair<StreamKey, StreamTopic>>)_topics).Remove(new(topic.Key, topic));

    /// <summary>The subscription of a grain class to a stream has the same id in every process.</summary>
    public static Guid ImplicitId(StreamKey key, GrainClass grainClass)
    {
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes($"{key.ProviderName}\n{key.StreamId}\n{grainClass.GrainType}"));
        return new Guid(hash.AsSpan(0, 16));
    }

    private static bool IsImplicit(StreamId streamId, Activation activation) =>
        activation.GrainId.Key.ToString() == streamId.GetKeyAsString()
        && streamId.GetNamespace() is { } ns
        && activation.Class.StreamNamespaces.Contains(ns);

    private IReadOnlyCollection<GrainClass> ImplicitClasses(StreamId streamId) =>
        streamId.GetNamespace() is { } ns ? [.. _implicitByNamespace[ns]] : [];
}
