using Waqtor.Access;
using Waqtor.Grains.Tests.Cluster;

namespace Waqtor.Grains.Tests.Access;

public sealed class AccessGrainTests : IAsyncLifetime
{
    private WaqtorCluster _cluster = null!;

    private IApiKeyDirectoryGrain Directory => _cluster.Grain<IApiKeyDirectoryGrain>(0);

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task CreateAsync_Key_WorksIsListedAndCanBeRevoked()
    {
        (await Directory.HasAdminAsync()).ShouldBeFalse();

        var key = await Directory.CreateAsync(Definition("0123", Role.Admin));

        (await Directory.HasAdminAsync()).ShouldBeTrue();
        (await _cluster.Grain<IApiKeyGrain>("0123").GetAsync())!.Id.ShouldBe(key.Id);
        (await Directory.CreateAsync(Definition("0123", Role.Admin))).Id.ShouldBe(key.Id);
        (await Directory.ListAsync()).Single().Name.ShouldBe("till");
        (await Directory.RevokeAsync(key.Id)).ShouldBeTrue();
        (await Directory.RevokeAsync("key_other")).ShouldBeFalse();
        (await _cluster.Grain<IApiKeyGrain>("0123").GetAsync())!.Revoked.ShouldBeTrue();
        (await Directory.ListAsync()).Single().Revoked.ShouldBeTrue();
    }

    [Fact]
    public async Task CreateAsync_KeyGrainFails_IsFinishedLater()
    {
        _cluster.Storage.Fails = grain => grain == "api-key/0123";
        await Should.ThrowAsync<OrleansException>(() => Directory.CreateAsync(Definition("0123", Role.Viewer)));
        _cluster.Storage.Fails = _ => false;
        await _cluster.CrashAsync();

        (await Directory.ListAsync()).Single().Role.ShouldBe(Role.Viewer);

        (await _cluster.Grain<IApiKeyGrain>("0123").GetAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task TouchAsync_Use_IsNotedOnceAMinute()
    {
        var sut = _cluster.Grain<IApiKeyGrain>("0123");
        await sut.TouchAsync();
        await Directory.CreateAsync(Definition("0123", Role.Viewer));

        await sut.TouchAsync();
        var first = _cluster.Now;
        await _cluster.AdvanceAsync(59);
        await sut.TouchAsync();

        (await sut.GetAsync())!.LastUsedAt.ShouldBe(first);
        await _cluster.AdvanceAsync(1);
        await sut.TouchAsync();
        (await sut.GetAsync())!.LastUsedAt.ShouldBe(first.AddMinutes(1));
    }

    [Fact]
    public async Task BeginAsync_SameKey_GivesTheSameAnswer()
    {
        var sut = _cluster.Grain<IIdempotencyGrain>("key_1/abc");

        (await sut.BeginAsync("hash")).State.ShouldBe(IdempotencyState.New);
        (await sut.BeginAsync("hash")).State.ShouldBe(IdempotencyState.InProgress);
        (await sut.BeginAsync("other")).State.ShouldBe(IdempotencyState.OtherRequest);
        await sut.CompleteAsync("hash", 202, "application/json", "{}");
        await sut.CompleteAsync("hash", 500, null, "");
        await _cluster.CrashAsync();

        sut = _cluster.Grain<IIdempotencyGrain>("key_1/abc");
        (await sut.BeginAsync("hash")).ShouldBe(new IdempotencyAnswer(IdempotencyState.Completed, 202, "application/json", "{}"));
        (await sut.BeginAsync("other")).State.ShouldBe(IdempotencyState.OtherRequest);
        await sut.AbandonAsync("hash");
        (await sut.BeginAsync("hash")).State.ShouldBe(IdempotencyState.Completed);
    }

    [Fact]
    public async Task CompleteAsync_LargeBody_KeepsTheStatusOnly()
    {
        var sut = _cluster.Grain<IIdempotencyGrain>("key_1/large");
        await sut.BeginAsync("hash");

        await sut.CompleteAsync("hash", 200, "text/plain", new string('x', 300_000));

        (await sut.BeginAsync("hash")).ShouldBe(new IdempotencyAnswer(IdempotencyState.Completed, 200));
    }

    [Fact]
    public async Task AbandonAsync_BegunWrite_FreesTheKey()
    {
        var sut = _cluster.Grain<IIdempotencyGrain>("key_1/free");
        await sut.BeginAsync("hash");

        await sut.AbandonAsync("hash");

        (await sut.BeginAsync("other")).State.ShouldBe(IdempotencyState.New);
    }

    // A day in steps of the shortest timer: on two silos that takes minutes.
    [Fact, Trait("Engine", "Embedded")]
    public async Task BeginAsync_AfterADay_IsForgotten()
    {
        var sut = _cluster.Grain<IIdempotencyGrain>("key_1/old");
        await sut.BeginAsync("hash");
        await sut.CompleteAsync("hash", 200, "text/plain", "ok");

        await _cluster.AdvanceAsync(24 * 60 * 60);

        _cluster.Storage.Find("idempotency/key_1/old").ShouldBeNull();
        (await sut.BeginAsync("other")).State.ShouldBe(IdempotencyState.New);
    }

    [Fact]
    public async Task BeginAsync_WriterDied_IsFreeAfterAMinute()
    {
        var sut = _cluster.Grain<IIdempotencyGrain>("key_1/dead");
        await sut.BeginAsync("hash");
        await _cluster.CrashAsync();

        await _cluster.AdvanceAsync(60);

        (await _cluster.Grain<IIdempotencyGrain>("key_1/dead").BeginAsync("hash")).State.ShouldBe(IdempotencyState.New);
    }

    private static ApiKeyDefinition Definition(string hash, Role role) =>
        new() { Name = "till", Role = role, Hash = hash, Prefix = "wq_0123" };
}
