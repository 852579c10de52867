using System.Security.Cryptography;
using System.Xml.Linq;
using Waqtor.Cluster.Tests.Stores;
using Waqtor.Silo.Configuration;
using Waqtor.Silo.Engines;

namespace Waqtor.Cluster.Tests.Keys;

[Collection(StoreSuite.Name)]
public sealed class RedisKeyRingTests(StoreServers stores)
{
    private readonly string _service = $"keys-{Guid.NewGuid():N}";

    [Fact]
    public async Task Element_StoredByOneNode_IsReadByAnotherAndIsNotPlainInRedis()
    {
        await using var redis = RedisServer.For(Options("one secret for all"))!;
        var first = await OpenAsync(redis, "one secret for all");
        var second = await OpenAsync(redis, "one secret for all");

        first.StoreElement(new XElement("key", "masterkey"), "name");

        second.GetAllElements().ShouldHaveSingleItem().Value.ShouldBe("masterkey");
        var stored = (byte[])(await (await redis.DatabaseAsync()).ListGetByIndexAsync($"{{{_service}}}:keys", 0))!;
        System.Text.Encoding.UTF8.GetString(stored).ShouldNotContain("masterkey");
    }

    [Fact]
    public async Task Elements_AnotherSecret_AreRefused()
    {
        await using var redis = RedisServer.For(Options("one secret for all"))!;
        (await OpenAsync(redis, "one secret for all")).StoreElement(new XElement("key", "masterkey"), "name");

        var other = await OpenAsync(redis, "some other secret");

        Should.Throw<CryptographicException>(() => other.GetAllElements());
    }

    [Fact]
    public async Task Alone_TwoNodesAtOnce_TakeTurns()
    {
        await using var redis = RedisServer.For(Options("one secret for all"))!;
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var first = await OpenAsync(redis, "one secret for all");
        var second = await OpenAsync(redis, "one secret for all");
        var order = new List<string>();

        var holding = Task.Run(() => first.AloneAsync(
            () =>
            {
                entered.SetResult();
                gate.Wait();
                order.Add("first");
            },
            TimeProvider.System,
            CancellationToken.None));
        await entered.Task;
        var waiting = second.AloneAsync(() => order.Add("second"), TimeProvider.System, CancellationToken.None);
        gate.Set();
        await Task.WhenAll(holding, waiting);

        order.ShouldBe(["first", "second"]);
    }

    private ClusterOptions Options(string secret) => new() { RedisConnectionString = stores.Redis, ServiceId = _service, Secret = secret };

    private async Task<RedisKeyRing> OpenAsync(RedisServer redis, string secret)
    {
        var ring = new RedisKeyRing(redis, Options(secret));
        await ring.OpenAsync();
        return ring;
    }
}
