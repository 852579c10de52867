using Waqtor.Conversations;
using Waqtor.Instances;

namespace Waqtor.Grains.Tests.Instances;

public sealed class InstanceRulesTests
{
    [Fact]
    public void Apply_NullAndEmpty_KeepAndClear()
    {
        var current = new InstanceCredentials { ApiKey = "old", AppSecret = "secret", VerifyToken = "token" };

        var sut = InstanceRules.Apply(current, new InstanceCredentials { ApiKey = "new", AppSecret = "" });

        sut.ShouldBe(new InstanceCredentials { ApiKey = "new", VerifyToken = "token" });
        InstanceRules.NamesOf(sut).ShouldBe(["apiKey", "verifyToken"]);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(61, 5)]
    [InlineData(8, 0)]
    [InlineData(8, 101)]
    public void Check_BufferOutOfRange_Throws(int seconds, int messages)
    {
        var settings = new InstanceSettings
        {
            Provider = ProviderKind.Sandbox,
            Buffer = new BufferRule { Seconds = seconds, Messages = messages },
        };

        Should.Throw<ArgumentException>(() => InstanceRules.Check(settings));
    }

    [Theory]
    [InlineData(ProviderKind.Evolution, SessionStatus.Connecting)]
    [InlineData(ProviderKind.Waha, SessionStatus.Connecting)]
    [InlineData(ProviderKind.Cloud, SessionStatus.Ready)]
    [InlineData(ProviderKind.Sandbox, SessionStatus.Ready)]
    public void FirstSession_Provider_SaysWhetherPairingComesFirst(ProviderKind provider, SessionStatus expected) =>
        InstanceRules.FirstSession(provider, DateTimeOffset.UnixEpoch).Status.ShouldBe(expected);

    [Theory]
    [InlineData("""{"a":1}""", """{"deliveryId":"dlv_1","field":"calls","value":{"a":1}}""")]
    [InlineData("not json", """{"deliveryId":"dlv_1","field":"calls","value":"not json"}""")]
    public void Wrap_Notice_IsAlwaysJson(string json, string expected) =>
        InstanceNotice.Wrap("dlv_1", "calls", json).ShouldBe(expected);
}
