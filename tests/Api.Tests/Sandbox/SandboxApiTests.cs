using System.Collections.Immutable;
using System.Net;
using System.Text;
using NSubstitute;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sandbox;

namespace Waqtor.Api.Tests.Sandbox;

public sealed class SandboxApiTests
{
    private static FakeCluster Play() => new FakeCluster().With("play", ProviderKind.Sandbox).With("shop", ProviderKind.Generic);

    [Fact]
    public async Task Typed_Text_GoesTheWayOfAnyDelivery()
    {
        var cluster = Play();
        var message = new InboundMessage
        {
            ProviderMessageId = "sbx_1",
            Contact = new ContactIdentity { Phone = "15550001111", Name = "Sara \"S\"" },
            Kind = MessageKind.Text,
            Text = "مرحبا\n\"you\"",
            SentAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, 123, TimeSpan.Zero),
        };
        cluster.Sandbox.TypeAsync("15550001111", "hello").Returns([message, message]);
        await using var host = await ApiHost.StartAsync(cluster);

        var response = await host.Client.PostAsync("/api/sandbox/play/phones/15550001111/messages", Json("""{"text":"hello"}"""));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await ApiHost.ReadAsync(response);
        answer.GetProperty("providerMessageId").GetString().ShouldBe("sbx_1");
        answer.GetProperty("stored").GetInt32().ShouldBe(1);
        answer.GetProperty("duplicates").GetInt32().ShouldBe(1);
        var stored = cluster.ConversationOf("play", "15550001111").Messages.ShouldHaveSingleItem();
        stored.Text.ShouldBe(message.Text);
        stored.Contact.Name.ShouldBe(message.Contact.Name);
        stored.SentAt.ShouldBe(message.SentAt);
    }

    [Fact]
    public async Task Phone_Unknown_Is404()
    {
        var cluster = Play();
        cluster.Sandbox.TypeAsync(default!, default!).ReturnsForAnyArgs(ImmutableArray<InboundMessage>.Empty);
        cluster.Sandbox.ReadScreenAsync(default!).ReturnsForAnyArgs((ImmutableArray<SandboxMessage>?)null);
        await using var host = await ApiHost.StartAsync(cluster);
        (await host.Client.PostAsync("/api/sandbox/play/phones/15550001111/messages", Json("""{"text":"hello"}"""))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/sandbox/play/phones/15550001111/messages")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.DeleteAsync("/api/sandbox/play/phones/15550001111")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Phone_IsPutAndListed()
    {
        var cluster = Play();
        var phone = new SandboxPhone("15550001111", "Sara", DateTimeOffset.UnixEpoch);
        cluster.Sandbox.PutPhoneAsync("15550001111", "Sara").Returns(phone);
        cluster.Sandbox.ListPhonesAsync().Returns([phone]);
        await using var host = await ApiHost.StartAsync(cluster);
        (await host.Client.PutAsync("/api/sandbox/play/phones/+1%20555%20000%201111", Json("""{"name":"Sara"}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.PostAsync("/api/sandbox/play/phones", Json("""{"phone":"15550001111","name":"Sara"}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/sandbox/play/phones"))).GetProperty("items")[0].GetProperty("name").GetString().ShouldBe("Sara");
        (await host.Client.PutAsync("/api/sandbox/play/phones/me", Json("{}"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("phones", """{"phone":"15550001111","name":"a\u0000b"}""", "name")]
    [InlineData("phones/15550001111/messages", """{"text":"a\u0000b"}""", "text")]
    [InlineData("phones/15550001111/messages", """{"choice":"a\u0000b"}""", "choice")]
    public async Task Words_WithANulCharacter_AreRefused(string path, string body, string field)
    {
        await using var host = await ApiHost.StartAsync(Play());
        var response = await host.Client.PostAsync($"/api/sandbox/play/{path}", Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Instance_NoSandbox_Is409AndNone404()
    {
        await using var host = await ApiHost.StartAsync(Play());
        (await host.Client.GetAsync("/api/sandbox/shop/phones")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await host.Client.GetAsync("/api/sandbox/none/phones")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"errorRate":1.5}""", "errorRate")]
    [InlineData("""{"latencyMilliseconds":-1}""", "latencyMilliseconds")]
    [InlineData("""{"duplicateRate":-0.1}""", "duplicateRate")]
    public async Task Faults_OutOfRange_Are400(string body, string field)
    {
        await using var host = await ApiHost.StartAsync(Play());
        var response = await host.Client.PutAsync("/api/sandbox/play/faults", Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Faults_AreSetAndRead()
    {
        var cluster = Play();
        cluster.Sandbox.GetFaultsAsync().Returns(new SandboxFaults { ErrorRate = 0.5 });
        await using var host = await ApiHost.StartAsync(cluster);
        (await host.Client.PutAsync("/api/sandbox/play/faults", Json("""{"errorRate":0.5,"disorder":true}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await cluster.Sandbox.Received().SetFaultsAsync(Arg.Is<SandboxFaults>(faults => faults.ErrorRate == 0.5 && faults.Disorder));
        (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/sandbox/play/faults"))).GetProperty("errorRate").GetDouble().ShouldBe(0.5);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
