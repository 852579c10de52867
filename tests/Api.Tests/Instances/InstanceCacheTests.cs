using Waqtor.Api.Instances;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;
using Waqtor.TestKit.Time;

namespace Waqtor.Api.Tests.Instances;

public sealed class InstanceCacheTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeCluster _cluster;
    private readonly InstanceCache _cache;

    public InstanceCacheTests()
    {
        _cluster = new FakeCluster(_clock).With("shop", ProviderKind.Generic);
        _cache = new InstanceCache(_cluster.Grains, _clock);
    }

    [Fact]
    public async Task Instance_Known_CostsNoGrainCall()
    {
        for (var i = 0; i < 100; i++) (await _cache.GetAsync("shop"))!.Name.ShouldBe("shop");
        _cluster.Instance("shop").ConfigurationReads.ShouldBe(1);
    }

    [Fact]
    public async Task Instance_Unknown_IsAskedForOnceASecond()
    {
        for (var i = 0; i < 100; i++) (await _cache.GetAsync("nobody")).ShouldBeNull();
        _cluster.Instance("nobody").ConfigurationReads.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _cluster.With("nobody", ProviderKind.Generic);
        (await _cache.GetAsync("nobody")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Refresh_FetchesOnlyWhatChanged()
    {
        _cluster.With("other", ProviderKind.Generic);
        await _cache.RefreshAsync();
        _cluster.With("shop", ProviderKind.Generic, settings: plain => plain with { FallbackText = "new" });
        await _cache.RefreshAsync();
        await _cache.RefreshAsync();
        (await _cache.GetAsync("shop"))!.Configuration.Settings.FallbackText.ShouldBe("new");
        _cluster.Instance("shop").ConfigurationReads.ShouldBe(2);
        _cluster.Instance("other").ConfigurationReads.ShouldBe(1);
    }

    [Fact]
    public async Task Refresh_ForgetsWhatIsGone()
    {
        await _cache.RefreshAsync();
        await _cluster.Instance("shop").DeleteAsync();
        await _cache.RefreshAsync();
        (await _cache.GetAsync("shop")).ShouldBeNull();
    }

    [Fact]
    public async Task Watcher_SeesAnotherNodesChangeWithinTwoSeconds()
    {
        await using var host = await ApiHost.StartAsync(_cluster);
        var cache = host.Get<InstanceCache>();
        _cluster.With("shop", ProviderKind.Generic, settings: plain => plain with { FallbackText = "new" });
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HappensAsync(
            () => cache.GetAsync("shop").AsTask().Result?.Configuration.Settings.FallbackText == "new", "the change of the other node");
    }

    [Fact]
    public async Task Name_OfNoInstance_AsksNoGrain()
    {
        (await _cache.GetAsync("../../etc")).ShouldBeNull();
        _cluster.Instance("../../etc").ConfigurationReads.ShouldBe(0);
    }
}
