using Orleans.Streams;

namespace EmbeddedOrleans.Tests.Streams;

public sealed class StreamTests : ClusterTest
{
    [Fact]
    public async Task Item_AGrainIsSubscribed_ReachesIt()
    {
        await Grain<ISubscriberGrain>("a").SubscribeAsync("ns", "k");

        await Grain<IProducerGrain>().PublishAsync("ns", "k", 3);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["a: 1", "a: 2", "a: 3"]);
    }

    [Fact]
    public async Task Item_SeveralAreSubscribed_ReachesEachInOrder()
    {
        foreach (var key in new[] { "a", "b" }) await Grain<ISubscriberGrain>(key).SubscribeAsync("ns", "k");

        await Grain<IProducerGrain>().PublishAsync("ns", "k", 100);
        await Cluster.WhenIdleAsync();

        foreach (var key in new[] { "a", "b" })
        {
            Gates.Notes.Where(n => n.StartsWith(key, StringComparison.Ordinal))
                .ShouldBe(Enumerable.Range(1, 100).Select(i => $"{key}: {i}"));
        }
    }

    // Streams of the two silos move only while a test waits for rest.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Item_AClientIsSubscribed_ReachesIt()
    {
        var stream = ClientStream("ns", "k");
        var handle = await stream.SubscribeAsync((item, _) =>
        {
            Gates.Note(item);
            return Task.CompletedTask;
        });
        await Grain<IProducerGrain>().PublishAsync("ns", "k", 2);
        await Gates.ReachedAsync("2");

        await handle.UnsubscribeAsync();
        await Grain<IProducerGrain>().PublishAsync("ns", "k", 3);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Item_OfAnotherStream_IsNotSeen()
    {
        await Grain<ISubscriberGrain>("a").SubscribeAsync("ns", "k");

        await Grain<IProducerGrain>().PublishAsync("ns", "other", 1);
        await Grain<IProducerGrain>().PublishAsync("other", "k", 1);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Observer_Throws_OthersAndLaterItemsAreUnharmed()
    {
        await Grain<ISubscriberGrain>("bad").SubscribeAsync("ns", "k");
        await Grain<ISubscriberGrain>("good").SubscribeAsync("ns", "k");

        await Grain<IProducerGrain>().PublishAsync("ns", "k", 2);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["good: 1", "good: 2"]);
    }

    [Fact]
    public async Task Unsubscribe_ItemsFollow_AreNotSeen()
    {
        var sut = Grain<ISubscriberGrain>("a");
        await sut.SubscribeAsync("ns", "k");

        await sut.UnsubscribeAllAsync("ns", "k");
        await Grain<IProducerGrain>().PublishAsync("ns", "k", 2);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Resume_AfterANewActivation_SeesItemsAgain()
    {
        var sut = Grain<ISubscriberGrain>("a");
        await sut.SubscribeAsync("ns", "k");
        await Cluster.DeactivateAsync(sut);

        (await sut.ResumeAllAsync("ns", "k")).ShouldBe(1);
        await Grain<IProducerGrain>().PublishAsync("ns", "k", 1);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["a: 1"]);
    }

    [Fact]
    public async Task ImplicitSubscription_FirstItem_ActivatesTheGrainAndAnnouncesTheStream()
    {
        await Grain<IProducerGrain>().PublishAsync("implicit", "k", 2);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["subscribed to implicit/k", "k: 1", "k: 2"]);
    }

    // Orleans' memory streams cannot complete.
    [Fact, Trait("Engine", "Embedded")]
    public async Task ImplicitSubscription_StreamCompletes_GrainIsTold()
    {
        await ClientStream("implicit", "k").OnCompletedAsync();
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["subscribed to implicit/k", "completed"]);
    }

    [Fact]
    public async Task ImplicitSubscription_GrainAttachesWhenActivated_SeesEveryItem()
    {
        await Grain<IProducerGrain>().PublishAsync("activating", "k", 2);
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["k: 1", "k: 2"]);
    }

    [Fact]
    public void GetStreamProvider_UnknownName_Throws() =>
        Should.Throw<KeyNotFoundException>(() => Cluster.Client.GetStreamProvider("nobody"));

    private IAsyncStream<string> ClientStream(string ns, string key) =>
        Cluster.Client.GetStreamProvider(Streams).GetStream<string>(StreamId.Create(ns, key));
}
