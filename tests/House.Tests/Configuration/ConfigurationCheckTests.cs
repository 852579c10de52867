using Microsoft.Extensions.Configuration;
using Waqtor.Silo;
using Waqtor.Silo.Configuration;

namespace Waqtor.House.Tests.Configuration;

public sealed class ConfigurationCheckTests
{
    [Fact]
    public void FindErrors_NothingSet_FindsNone() => ConfigurationCheck.FindErrors(Settings()).ShouldBeEmpty();

    [Fact]
    public void FindErrors_ValueOutOfItsLimits_NamesTheFullKey() =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Cluster:SiloPort", "70000"))).ShouldHaveSingleItem().ShouldStartWith("Waqtor:Cluster:SiloPort: ");

    [Fact]
    public void FindErrors_ValueOfTheWrongKind_SaysWhatIsExpected() =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Cluster:SiloPort", "many"))).ShouldBe(["Waqtor:Cluster:SiloPort: must be a whole number"]);

    [Fact]
    public void FindErrors_ListThatIsNotOfAddresses_SaysWhatIsExpected() =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Proxies:Trusted", "balancer")))
            .ShouldBe(["Waqtor:Proxies:Trusted: the value must be addresses or networks, divided by semicolons."]);

    [Fact]
    public void FindErrors_UnknownChoice_ListsTheChoices() =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Logging:Format", "xml"))).ShouldBe(["Waqtor:Logging:Format: must be one of text, json"]);

    [Fact]
    public void FindErrors_SeveralFaults_ListsThemAll() =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Cluster:SiloPort", "0"), ("Waqtor:StopTimeoutSeconds", "0"), ("Waqtor:Telemetry:OtlpEndpoint", "x"))).Count.ShouldBe(3);

    [Fact]
    public void FindErrors_WrongSecret_IsNotRepeated() =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:AdminKey", "hunter2"))).ShouldAllBe(error => !error.Contains("hunter2"));

    [Fact]
    public void FindUnknownKeys_Typo_SuggestsTheRightKey() =>
        ConfigurationCheck.FindUnknownKeys(Settings(("Waqtor:DataPaht", "x"))).ShouldBe(["Waqtor:DataPaht: unknown key; did you mean Waqtor:DataPath?"]);

    [Fact]
    public void FindUnknownKeys_OtherCase_IsTheSameKey() => ConfigurationCheck.FindUnknownKeys(Settings(("waqtor:datapath", "x"))).ShouldBeEmpty();

    [Fact]
    public void FindUnknownKeys_KeyOutsideTheSection_IsNotOurs() => ConfigurationCheck.FindUnknownKeys(Settings(("Kestrel:Limits:X", "1"))).ShouldBeEmpty();

    [Theory]
    [InlineData("Waqtor:Ingest:InFlightMax", "0")]
    [InlineData("Waqtor:Ingest:BodyBytesMax", "1")]
    [InlineData("Waqtor:Spool:BytesMax", "1")]
    [InlineData("Waqtor:Urls", "nonsense")]
    public async Task CheckConfig_WrongValueAndUnknownKey_TellsBoth(string key, string value)
    {
        var nowhere = Path.Combine(Path.GetTempPath(), "waqtor-" + Guid.NewGuid().ToString("N"));

        var errors = await WaqtorServer.FindConfigurationErrorsAsync([$"--Waqtor:DataPath={nowhere}", $"--{key}={value}", "--Waqtor:DataPaht=x"]);

        errors.Count.ShouldBe(2);
        errors[0].ShouldStartWith(key);
        errors[1].ShouldStartWith("Waqtor:DataPaht: ");
        Directory.Exists(nowhere).ShouldBeFalse("nothing is started or written");
    }

    private static IConfiguration Settings(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)))
        .Build();
}
