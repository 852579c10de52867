using Orleans.Streams;
using Orleans.Streams.Core;

namespace EmbeddedOrleans.Tests.Streams;

internal interface IProducerGrain : IGrainWithStringKey
{
    Task PublishAsync(string ns, string key, int count);
}

internal interface ISubscriberGrain : IGrainWithStringKey
{
    Task SubscribeAsync(string ns, string key);

    Task UnsubscribeAllAsync(string ns, string key);

    Task<int> ResumeAllAsync(string ns, string key);
}

internal interface IImplicitGrain : IGrainWithStringKey;

internal sealed class ProducerGrain : Grain, IProducerGrain
{
    public async Task PublishAsync(string ns, string key, int count)
    {
        var stream = this.GetStreamProvider(ClusterTest.Streams).GetStream<string>(StreamId.Create(ns, key));
        for (var i = 1; i <= count; i++) await stream.OnNextAsync($"{i}");
    }
}

/// <summary>Notes "key: item". A key that begins with "bad" throws at every item.</summary>
internal sealed class SubscriberGrain(Gates gates) : Grain, ISubscriberGrain
{
    public Task SubscribeAsync(string ns, string key) => Stream(ns, key).SubscribeAsync(OnItemAsync);

    public async Task UnsubscribeAllAsync(string ns, string key)
    {
        foreach (var handle in await Stream(ns, key).GetAllSubscriptionHandles()) await handle.UnsubscribeAsync();
    }

    public async Task<int> ResumeAllAsync(string ns, string key)
    {
        var handles = await Stream(ns, key).GetAllSubscriptionHandles();
        foreach (var handle in handles) await handle.ResumeAsync(OnItemAsync);
        return handles.Count;
    }

    private IAsyncStream<string> Stream(string ns, string key) =>
        this.GetStreamProvider(ClusterTest.Streams).GetStream<string>(StreamId.Create(ns, key));

    private async Task OnItemAsync(string item, StreamSequenceToken? token)
    {
        await Task.Yield();
        if (this.GetPrimaryKeyString().StartsWith("bad", StringComparison.Ordinal)) throw new InvalidOperationException(
            item);
        gates.Note($"{this.GetPrimaryKeyString()}: {item}");
    }
}

/// <summary>Subscribed by its attribute; attaches in <c>OnSubscribed</c>.</summary>
[ImplicitStreamSubscription("implicit")]
internal sealed class ImplicitGrain(
    Gates gates) : Grain, IImplicitGrain, IStreamSubscriptionObserver, IAsyncObserver<string>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        gates.Note($"subscribed to {handleFactory.StreamId}");
        return handleFactory.Create<string>().ResumeAsync(this);
    }

    public Task OnNextAsync(string item, StreamSequenceToken? token = null)
    {
        gates.Note($"{this.GetPrimaryKeyString()}: {item}");
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        gates.Note($"error {ex.Message}");
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync()
    {
        gates.Note("completed");
        return Task.CompletedTask;
    }
}

internal interface IActivatingGrain : IGrainWithStringKey;

/// <summary>Subscribed by its attribute; attaches when it is activated.</summary>
[ImplicitStreamSubscription("activating")]
internal sealed class ActivatingGrain(Gates gates) : Grain, IActivatingGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        this.GetStreamProvider(ClusterTest.Streams)
            .GetStream<string>(StreamId.Create("activating", this.GetPrimaryKeyString()))
            .SubscribeAsync((item, _) =>
            {
                gates.Note($"{this.GetPrimaryKeyString()}: {item}");
                return Task.CompletedTask;
            });
}
