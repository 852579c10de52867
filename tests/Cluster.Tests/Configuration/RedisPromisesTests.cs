using Waqtor.Silo.Engines;

namespace Waqtor.Cluster.Tests.Configuration;

public sealed class RedisPromisesTests
{
    private const string Durable = "# Persistence\r\nloading:0\r\naof_enabled:1\r\n";

    [Theory]
    [InlineData(Durable, "always", "noeviction")]
    [InlineData(Durable, null, null)]
    [InlineData("", null, null)]
    public void Redis_ThatKeepsAllOrDoesNotSay_IsNotWarnedOf(string persistence, string? sync, string? policy) =>
        RedisPromises.FindMissing(persistence, sync, policy).ShouldBeEmpty();

    [Theory]
    [InlineData("aof_enabled:0\r\n", "always", "noeviction", "appendonly")]
    [InlineData(Durable, "everysec", "noeviction", "appendfsync")]
    [InlineData(Durable, "always", "allkeys-lru", "maxmemory-policy")]
    public void Redis_ThatMayLoseSomething_IsToldByItsSetting(string persistence, string sync, string policy, string setting) =>
        RedisPromises.FindMissing(persistence, sync, policy).ShouldHaveSingleItem().ShouldStartWith(setting);
}
