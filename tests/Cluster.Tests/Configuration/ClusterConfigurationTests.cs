using Server = Waqtor.Silo.WaqtorServer;

namespace Waqtor.Cluster.Tests.Configuration;

public sealed class ClusterConfigurationTests
{
    private static readonly string[] Cluster =
    [
        "--Waqtor:Cluster:RedisConnectionString=redis:6379", "--Waqtor:Cluster:Secret=sixteen characters", "--Waqtor:Archive:Provider=postgres",
        "--Waqtor:Archive:ConnectionString=Host=postgres",
    ];

    [Theory]
    [InlineData("all")]
    [InlineData("silo")]
    [InlineData("api")]
    public async Task Cluster_WithAllItNeeds_IsValidInEveryRole(string role) =>
        (await Server.FindConfigurationErrorsAsync([.. Cluster, "--role", role])).ShouldBeEmpty();

    [Theory]
    [InlineData("Waqtor:Role", "--Waqtor:Cluster:RedisConnectionString=", "--role=api")]
    [InlineData("Waqtor:Cluster:Secret", "--Waqtor:Cluster:Secret=")]
    [InlineData("Waqtor:Cluster:Secret", "--Waqtor:Cluster:Secret=short")]
    [InlineData("Waqtor:Cluster:AdvertisedAddress", "--Waqtor:Cluster:AdvertisedAddress=nonsense")]
    [InlineData("Waqtor:Cluster:RedisConnectionString", "--Waqtor:Cluster:RedisConnectionString=redis:6379,abortConnect=perhaps")]
    [InlineData("Waqtor:Cluster:RedisConnectionString", "--Waqtor:Cluster:RedisConnectionString=password=abc")]
    [InlineData("Waqtor:Cluster:AdvertisedAddress", "--Waqtor:Cluster:AdvertisedAddress=0.0.0.0")]
    [InlineData("Waqtor:Cluster:AdvertisedAddress", "--Waqtor:Cluster:AdvertisedAddress=::")]
    [InlineData("Waqtor:Cluster:GatewayPort", "--Waqtor:Cluster:GatewayPort=11111")]
    [InlineData("Waqtor:Cluster:Secret", "--Waqtor:Cluster:Secret=                    ")]
    [InlineData("Waqtor:Archive:ConnectionString", "--Waqtor:Archive:ConnectionString=Hst=1;garbage")]
    [InlineData("Waqtor:Cluster:ProbeSeconds", "--Waqtor:Cluster:ProbeSeconds=0")]
    [InlineData("Waqtor:Archive:Provider", "--Waqtor:Archive:Provider=sqlite")]
    public async Task Cluster_SomethingWrong_IsToldByItsFullKey(string key, params string[] settings) =>
        (await Server.FindConfigurationErrorsAsync([.. Cluster, .. settings])).ShouldHaveSingleItem().ShouldStartWith(key);

    [Fact]
    public async Task OneSiloInMemory_NeedsNothing() => (await Server.FindConfigurationErrorsAsync([])).ShouldBeEmpty();
}
