using System.Net;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Inbound;

public sealed class HandshakeTests
{
    private static FakeCluster Cloud() => new FakeCluster()
        .With("meta", ProviderKind.Cloud, new InstanceCredentials { VerifyToken = "token" })
        .With("evo", ProviderKind.Evolution, new InstanceCredentials { VerifyToken = "token" });

    [Fact]
    public async Task Handshake_WithTheToken_AnswersTheChallengeAsText()
    {
        await using var host = await ApiHost.StartAsync(Cloud());
        var response = await host.Provider.GetAsync("/api/inbound/cloud/meta?hub.mode=subscribe&hub.verify_token=token&hub.challenge=1158201444");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await response.Content.ReadAsStringAsync()).ShouldBe("1158201444");
    }

    [Theory]
    [InlineData("cloud/meta?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1")]
    [InlineData("cloud/meta?hub.mode=subscribe&hub.challenge=1")]
    [InlineData("cloud/meta")]
    [InlineData("evolution/evo?hub.mode=subscribe&hub.verify_token=token&hub.challenge=1")]
    public async Task Handshake_WithoutTheToken_Is403(string address)
    {
        await using var host = await ApiHost.StartAsync(Cloud());
        (await host.Provider.GetAsync($"/api/inbound/{address}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Handshake_OfUnknownInstance_Is404()
    {
        await using var host = await ApiHost.StartAsync(Cloud());
        (await host.Provider.GetAsync("/api/inbound/cloud/nobody?hub.mode=subscribe")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
