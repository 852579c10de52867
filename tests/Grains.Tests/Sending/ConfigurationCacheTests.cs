using Waqtor.Instances;
using Waqtor.Sending;
using Waqtor.TestKit.Time;

namespace Waqtor.Grains.Tests.Sending;

public sealed class ConfigurationCacheTests
{
    private readonly ManualTimeProvider _clock = new();
    private InstanceConfiguration? _present = Configuration("ins_1");
    private int _fetches;

    private ConfigurationCache Sut => field ??= new ConfigurationCache(
        _ => { _fetches++; return Task.FromResult(_present); }, TimeSpan.FromSeconds(5), _clock);

    [Fact]
    public async Task GetAsync_WithinItsTime_AsksOnce()
    {
        await Sut.GetAsync("shop", "ins_1");
        await Sut.GetAsync("shop", "ins_1");
        _fetches.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(5));
        await Sut.GetAsync("shop", "ins_1");
        _fetches.ShouldBe(2);
    }

    [Fact]
    public async Task GetAsync_ClockSetBack_AsksAgainAfterItsTime()
    {
        await Sut.GetAsync("shop", "ins_1");
        _clock.ShiftWallClock(TimeSpan.FromHours(-1));
        _clock.Advance(TimeSpan.FromSeconds(5));

        await Sut.GetAsync("shop", "ins_1");

        _fetches.ShouldBe(2);
    }

    [Fact]
    public async Task GetAsync_NameMadeAgain_FindsTheNewInstanceAtOnceAndNotTheOld()
    {
        await Sut.GetAsync("shop", "ins_1");
        _present = Configuration("ins_2");

        (await Sut.GetAsync("shop", "ins_2"))!.Id.ShouldBe("ins_2");
        (await Sut.GetAsync("shop", "ins_1")).ShouldBeNull();
    }

    [Fact]
    public async Task GetAsync_FailedFetch_IsNotRemembered()
    {
        var fail = true;
        var sut = new ConfigurationCache(
            _ => fail ? Task.FromException<InstanceConfiguration?>(new InvalidOperationException()) : Task.FromResult(_present),
            TimeSpan.FromSeconds(5), _clock);
        await Should.ThrowAsync<InvalidOperationException>(() => sut.GetAsync("shop", "ins_1"));

        fail = false;

        (await sut.GetAsync("shop", "ins_1")).ShouldNotBeNull();
    }

    private static InstanceConfiguration Configuration(string id) => new()
    {
        Id = id,
        Name = "shop",
        Settings = new InstanceSettings { Provider = ProviderKind.Cloud },
        Credentials = new InstanceCredentials(),
        Version = 1,
    };
}
