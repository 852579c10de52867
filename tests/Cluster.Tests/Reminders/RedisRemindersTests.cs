using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using Orleans;
using Orleans.Runtime;
using Waqtor.Cluster.Tests.Stores;
using Waqtor.Silo.Configuration;
using Waqtor.Silo.Engines;

namespace Waqtor.Cluster.Tests.Reminders;

/// <summary>Reminders on a real Redis, delivered by several silos' services at once.</summary>
[Collection(StoreSuite.Name)]
public sealed class RedisRemindersTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RedisServer _redis;
    private readonly RedisReminders _sut;
    private readonly ConcurrentQueue<string> _ticks = new();
    private readonly ConcurrentDictionary<GrainId, TickRecorder> _grains = new();
    private readonly List<ReminderDelivery> _silos = [];
    private readonly IGrainFactory _factory = Substitute.For<IGrainFactory>();

    public RedisRemindersTests(StoreServers stores)
    {
        _redis = RedisServer.For(new ClusterOptions { RedisConnectionString = stores.Redis })!;
        _sut = new RedisReminders(_redis, $"reminders-{Guid.NewGuid():N}");
        _factory.GetGrain<IRemindable>(Arg.Any<GrainId>()).Returns(call => Recorder(call.Arg<GrainId>()));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }

        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Register_ThenFindAndRemove_IsThereAndThenGone()
    {
        var made = await _sut.RegisterAsync(Grain("a/b|c"), "work", TimeSpan.FromSeconds(8), Minute);

        (await _sut.FindAsync(Grain("a/b|c"), "work")).ShouldBe(made);
        (await _sut.ListAsync(Grain("a/b|c"))).ShouldBe([made]);
        (await _sut.FindAsync(Grain("a/b|c"), "other")).ShouldBeNull();
        await _sut.RemoveAsync(made);
        (await _sut.FindAsync(Grain("a/b|c"), "work")).ShouldBeNull();
    }

    [Fact]
    public async Task Remove_ARegistrationThatWasReplaced_LeavesTheNewOne()
    {
        var old = await _sut.RegisterAsync(Grain("one"), "work", TimeSpan.Zero, Minute);
        var made = await _sut.RegisterAsync(Grain("one"), "work", Minute, Minute);

        await _sut.RemoveAsync(old);

        (await _sut.FindAsync(Grain("one"), "work")).ShouldBe(made);
    }

    [Fact]
    public async Task ClaimDue_WhatIsDue_GoesToOneAskerOnly()
    {
        for (var i = 0; i < 500; i++) await _sut.RegisterAsync(Grain($"g{i}"), "work", TimeSpan.Zero, Minute);
        await _sut.RegisterAsync(Grain("later"), "work", Minute, Minute);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _sut.ClaimDueAsync(50, Lease)));

        var claimed = claims.SelectMany(claim => claim).Select(reminder => reminder.GrainId).ToList();
        claimed.Count.ShouldBe(500);
        claimed.ShouldBeUnique();
    }

    [Fact]
    public async Task ClaimDue_NobodyEverDelivered_IsGivenAgainAfterTheLease()
    {
        await _sut.RegisterAsync(Grain("one"), "work", TimeSpan.Zero, Minute);
        (await _sut.ClaimDueAsync(10, TimeSpan.FromMilliseconds(300))).Count.ShouldBe(1);
        (await _sut.ClaimDueAsync(10, Lease)).ShouldBeEmpty();

        await Eventually.TrueAsync("the reminder of a silo that died", Patience, async () => (await _sut.ClaimDueAsync(10, Lease)).Count == 1);
    }

    [Fact]
    public async Task Delivered_AfterItWasRegisteredAnew_KeepsTheNewTime()
    {
        await _sut.RegisterAsync(Grain("one"), "work", TimeSpan.Zero, Minute);
        var claimed = (await _sut.ClaimDueAsync(10, Lease)).ShouldHaveSingleItem();
        await _sut.RegisterAsync(Grain("one"), "work", TimeSpan.Zero, Minute);

        await _sut.DeliveredAsync(claimed);

        (await _sut.ClaimDueAsync(10, Lease)).Count.ShouldBe(1, "the new registration is due now, not a minute later");
    }

    [Fact]
    public async Task Delivery_ByThreeSilos_GivesEachTickOnce()
    {
        for (var i = 0; i < 400; i++) await _sut.RegisterAsync(Grain($"g{i}"), "work", TimeSpan.FromMilliseconds(i), Minute);

        for (var i = 0; i < 3; i++) await StartSiloAsync();

        await Eventually.TrueAsync(() => $"400 ticks, there were {_ticks.Count}", Patience, () => Task.FromResult(_ticks.Count >= 400));
        await Eventually.PauseAsync(TimeSpan.FromSeconds(1));
        _ticks.Count.ShouldBe(400);
        _ticks.ShouldBeUnique();
    }

    [Fact]
    public async Task Delivery_GrainThatFails_GetsItsTickAgainSoon()
    {
        Recorder(Grain("one")).Refuses = true;
        await _sut.RegisterAsync(Grain("one"), "work", TimeSpan.Zero, Minute);
        await StartSiloAsync();
        await Eventually.PauseAsync(TimeSpan.FromSeconds(1));
        _ticks.ShouldBeEmpty();

        Recorder(Grain("one")).Refuses = false;

        await Eventually.TrueAsync("the tick", Patience, () => Task.FromResult(_ticks.Count == 1));
    }

    private static GrainId Grain(string key) => GrainId.Create("conversation", key);

    private TickRecorder Recorder(GrainId grain) => _grains.GetOrAdd(grain, id => new TickRecorder(id.ToString(), _ticks));

    private async Task StartSiloAsync()
    {
        var silo = new ReminderDelivery(
            _sut, _factory, TimeProvider.System, Options.Create(new ClusterOptions { ReminderPollMilliseconds = 100 }), NullLogger<ReminderDelivery>.Instance);
        _silos.Add(silo);
        await silo.StartAsync(CancellationToken.None);
    }
}
