using Microsoft.Extensions.Options;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Conventions;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Ingest:BodyBytesMax", "0")]
    [InlineData("Ingest:BodyBytesMax", "67108865")]
    [InlineData("Ingest:InFlightMax", "0")]
    [InlineData("Ingest:RequestsPerSecond", "-1")]
    [InlineData("Ingest:AnswerMilliseconds", "10")]
    [InlineData("Spool:BytesMax", "1")]
    [InlineData("Keys:FailuresPerMinute", "0")]
    [InlineData("Proxies:Trusted", "balancer")]
    [InlineData("Proxies:Trusted", "10.0.0.0/33")]
    [InlineData("Proxies:HopsMax", "0")]
    public async Task Option_OutOfItsLimits_RefusesTheStartWithTheFullKey(string key, string value)
    {
        var exception = await Should.ThrowAsync<OptionsValidationException>(ApiHost.StartAsync(settings: [(key, value)]));
        exception.Message.ShouldContain($"Waqtor:{key}");
    }

    [Fact]
    public async Task Option_Unreadable_RefusesTheStartWithTheFullKey() =>
        (await Should.ThrowAsync<InvalidOperationException>(ApiHost.StartAsync(settings: [("Ingest:InFlightMax", "many")]))).Message.ShouldContain("Waqtor:Ingest:InFlightMax");
}
