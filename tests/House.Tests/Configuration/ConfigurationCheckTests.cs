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

    [Theory]
    [InlineData("silo,api")]
    [InlineData("1")]
    [InlineData("7")]
    public void FindErrors_ChoiceThatIsNotOneWord_ListsTheChoices(string value) =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Role", value))).ShouldHaveSingleItem().ShouldStartWith("Waqtor:Role: must be one of ");

    [Theory]
    [InlineData("notorigin")]
    [InlineData("desk.example:443")]
    [InlineData("https://desk.example/page")]
    [InlineData("https://desk.example;*")]
    public void FindErrors_OriginThatNoBrowserSays_IsRefused(string value)
    {
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Realtime:AllowedOrigins", value))).ShouldHaveSingleItem().ShouldStartWith("Waqtor:Realtime:AllowedOrigins: ");
        ConfigurationCheck.FindErrors(Settings(("Waqtor:DeviceMessages:AllowedOrigins", value))).ShouldHaveSingleItem().ShouldStartWith("Waqtor:DeviceMessages:AllowedOrigins: ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("https://desk.example; http://localhost:3000/")]
    [InlineData("capacitor://localhost")]
    [InlineData("http://[::1]:8080")]
    public void FindErrors_Origins_AreTaken(string value) =>
        ConfigurationCheck.FindErrors(Settings(("Waqtor:Realtime:AllowedOrigins", value))).ShouldBeEmpty();

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
    [InlineData("Waqtor:Urls", "http://127.0.0.1:99999")]
    [InlineData("Waqtor:Urls", "http://127.0.0.1:-1")]
    [InlineData("Waqtor:Urls", "http://[::1:80")]
    [InlineData("Waqtor:Urls", "http://127.0.0.1:port")]
    [InlineData("Waqtor:Urls", "ftp://127.0.0.1:80")]
    [InlineData("Waqtor:Realtime:AllowedOrigins", "notorigin")]
    public async Task CheckConfig_WrongValueAndUnknownKey_TellsBoth(string key, string value)
    {
        var nowhere = Path.Combine(Path.GetTempPath(), "waqtor-" + Guid.NewGuid().ToString("N"));

        var errors = await WaqtorServer.FindConfigurationErrorsAsync([$"--Waqtor:DataPath={nowhere}", $"--{key}={value}", "--Waqtor:DataPaht=x"]);

        errors.Count.ShouldBe(2);
        errors[0].ShouldStartWith(key);
        errors[1].ShouldStartWith("Waqtor:DataPaht: ");
        Directory.Exists(nowhere).ShouldBeFalse("nothing is started or written");
    }

    [Theory]
    [InlineData("http://[::1]:80")]
    [InlineData("http://*:0;https://+:65535")]
    [InlineData("http://unix:/run/waqtor.sock")]
    public async Task CheckConfig_AddressesThatCanBeListenedOn_AreTaken(string urls) =>
        (await WaqtorServer.FindConfigurationErrorsAsync(["--Waqtor:DataPath=data", $"--urls={urls}"])).ShouldBeEmpty();

    [Fact]
    public async Task CheckConfig_DataPathInAFile_IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var path in (string[])[file, Path.Combine(file, "data")])
            {
                (await WaqtorServer.FindConfigurationErrorsAsync([$"--Waqtor:DataPath={path}"])).ShouldBe([$"Waqtor:DataPath: {file} is a file; a folder is needed."]);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task CheckConfig_TurnThatEndsBeforeItsAttempt_IsRefused() =>
        (await WaqtorServer.FindConfigurationErrorsAsync(
            ["--Waqtor:DataPath=data", "--Waqtor:Sending:TurnTimeoutSeconds=30", "--Waqtor:Sending:AttemptTimeoutSeconds=31", "--Waqtor:Conversations:SendReportTimeoutSeconds=60"]))
            .ShouldHaveSingleItem().ShouldStartWith("Waqtor:Sending:TurnTimeoutSeconds: ");

    private static IConfiguration Settings(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)))
        .Build();
}
