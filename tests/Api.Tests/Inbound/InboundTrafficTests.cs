using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Waqtor.Api.Inbound;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;
using Waqtor.Sending;
using Waqtor.TestKit.Time;

namespace Waqtor.Api.Tests.Inbound;

public sealed class InboundTrafficTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();
    private readonly InboundTraffic _sut;

    public InboundTrafficTests() => _sut = new InboundTraffic(_grains, _clock, NullLogger<InboundTraffic>.Instance);

    [Fact]
    public async Task Count_SeveralDeliveries_AreToldTogether()
    {
        _sut.Count("ins_1", ProviderKind.Cloud, 2);
        _sut.Count("ins_2", ProviderKind.Cloud, 1);
        _sut.Count("ins_1", ProviderKind.Cloud, 3);
        await Queue("ins_1").DidNotReceiveWithAnyArgs().CountInboundAsync(default);

        await PassAsync();

        await Queue("ins_1").Received(1).CountInboundAsync(5);
        await Queue("ins_2").Received(1).CountInboundAsync(1);
    }

    [Fact]
    public async Task Count_AfterItWasTold_BeginsAnew()
    {
        _sut.Count("ins_1", ProviderKind.Cloud, 2);
        await PassAsync();

        _sut.Count("ins_1", ProviderKind.Cloud, 1);
        await PassAsync();

        await Queue("ins_1").Received(1).CountInboundAsync(1);
    }

    [Theory]
    [InlineData(ProviderKind.Evolution, 1)]
    [InlineData(ProviderKind.Waha, 1)]
    [InlineData(ProviderKind.Generic, 1)]
    [InlineData(ProviderKind.Sandbox, 1)]
    [InlineData(ProviderKind.Cloud, 0)]
    public async Task Count_NothingThatIsLimited_TellsNobody(ProviderKind provider, int messages)
    {
        _sut.Count("ins_1", provider, messages);
        await PassAsync();

        await Queue("ins_1").DidNotReceiveWithAnyArgs().CountInboundAsync(default);
    }

    [Fact]
    public async Task Count_AQueueThatFails_KeepsNothingFromTheOthers()
    {
        Queue("ins_1").CountInboundAsync(1).Returns(Task.FromException(new InvalidOperationException()));
        _sut.Count("ins_1", ProviderKind.Cloud, 1);
        _sut.Count("ins_2", ProviderKind.Cloud, 1);

        await PassAsync();

        await Queue("ins_2").Received(1).CountInboundAsync(1);
    }

    [Fact]
    public async Task Delivery_OnACloudNumber_CountsAgainstItsLimit()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Cloud, settings: plain => plain with { PhoneNumberId = "111" }));
        (await host.DeliverAsync("cloud/shop", Samples.Cloud(("111", "m1"), ("111", "m2")))).EnsureSuccessStatusCode();
        (await host.DeliverAsync("cloud/shop", Samples.Cloud(("111", "m2")))).EnsureSuccessStatusCode();

        await host.Get<InboundTraffic>().Telling;

        var queue = host.Cluster.Grains.GetGrain<IOutboundGrain>("ins_shop");
        await queue.ReceivedWithAnyArgs(1).CountInboundAsync(default);
        await queue.Received().CountInboundAsync(2);
    }

    // What follows the delay may run on another thread.
    private async Task PassAsync()
    {
        _clock.Advance(InboundTraffic.Interval);
        await _sut.Telling;
    }

    private IOutboundGrain Queue(string instanceId) => _grains.GetGrain<IOutboundGrain>(instanceId);
}
