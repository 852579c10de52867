using System.Text;
using System.Text.Json.Nodes;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp.Tests;

/// <summary>Buttons and lists as each provider wants them.</summary>
public sealed class SenderOfferTests : IDisposable
{
    private static readonly Offer Buttons = new()
    {
        Header = "Order 7", Footer = "Shop", Buttons = [new OfferButton("yes", "نعم"), new OfferButton("no", "No")],
    };

    private static readonly Offer List = new()
    {
        Footer = "Shop",
        List = new OfferList("Open", [new OfferSection("Plans", [new OfferRow("p1", "Basic", "10"), new OfferRow("p2", "Pro")])]),
    };

    private readonly SenderFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Cloud_Buttons_AreReplyButtons()
    {
        var request = await SendAsync(ProviderKind.Cloud, Buttons);
        request.Path.ShouldBe("/v23.0/106540352242922/messages");
        ShouldBeJson(JsonNode.Parse(request.Body)!["interactive"]!, """
            {"type":"button","header":{"type":"text","text":"Order 7"},"body":{"text":"مرحبا 👋 \"quoted\""},"footer":{"text":"Shop"},
             "action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"نعم"}},{"type":"reply","reply":{"id":"no","title":"No"}}]}}
            """);
        ((string?)JsonNode.Parse(request.Body)!["type"]).ShouldBe("interactive");
    }

    [Fact]
    public async Task Cloud_List_HasItsSections()
    {
        var request = await SendAsync(ProviderKind.Cloud, List);
        ShouldBeJson(JsonNode.Parse(request.Body)!["interactive"]!, """
            {"type":"list","body":{"text":"مرحبا 👋 \"quoted\""},"footer":{"text":"Shop"},
             "action":{"button":"Open","sections":[{"title":"Plans","rows":[{"id":"p1","title":"Basic","description":"10"},{"id":"p2","title":"Pro"}]}]}}
            """);
    }

    [Theory]
    [InlineData(ProviderKind.Evolution, "/message/sendButtons/my%20shop", "evolution/outbound_sendButtons")]
    [InlineData(ProviderKind.Waha, "/api/sendButtons", "waha/outbound_sendButtons")]
    public async Task Gateway_Buttons_FitItsOwnSample(ProviderKind provider, string path, string sample)
    {
        var request = await SendAsync(provider, Buttons);
        request.Path.ShouldBe(path);
        ShouldFit(request.Body, sample);
        var buttons = JsonNode.Parse(request.Body)!["buttons"]!.AsArray();
        buttons.Select(button => (string?)button!["id"]).ShouldBe(["yes", "no"]);
        buttons.ShouldAllBe(button => (string?)button!["type"] == "reply");
    }

    [Fact]
    public async Task Evolution_List_FitsItsOwnSample()
    {
        var request = await SendAsync(ProviderKind.Evolution, List);
        request.Path.ShouldBe("/message/sendList/my%20shop");
        ShouldFit(request.Body, "evolution/outbound_sendList");
        ((string?)JsonNode.Parse(request.Body)!["sections"]![0]!["rows"]![0]!["rowId"]).ShouldBe("p1");
    }

    [Fact]
    public async Task Waha_List_IsAMessageOfItsOwn()
    {
        var request = await SendAsync(ProviderKind.Waha, List);
        request.Path.ShouldBe("/api/sendList");
        ShouldBeJson(JsonNode.Parse(request.Body)!["message"]!, """
            {"title":"","description":"مرحبا 👋 \"quoted\"","footer":"Shop","button":"Open",
             "sections":[{"title":"Plans","rows":[{"rowId":"p1","title":"Basic","description":"10"},{"rowId":"p2","title":"Pro"}]}]}
            """);
    }

    [Fact]
    public async Task Generic_Offers_AreToldAsTheyAre()
    {
        var request = await SendAsync(ProviderKind.Generic, Buttons);
        var body = JsonNode.Parse(request.Body)!;
        ((string?)body["kind"]).ShouldBe("buttons");
        ShouldBeJson(body["offer"]!, """{"header":"Order 7","footer":"Shop","buttons":[{"id":"yes","title":"نعم"},{"id":"no","title":"No"}]}""");
        ((string?)JsonNode.Parse((await SendAsync(ProviderKind.Generic, List)).Body)!["offer"]!["list"]!["button"]).ShouldBe("Open");
    }

    private async Task<FakeGateway.Received> SendAsync(ProviderKind provider, Offer offer)
    {
        await using var gateway = await FakeGateway.StartAsync(200, """{"id":"a","key":{"id":"a"},"messages":[{"id":"a"}]}""");
        (await _fixture.SendAsync(provider, gateway.Address, offer: offer)).Outcome.ShouldBe(SendOutcome.Sent);
        return gateway.Requests.ShouldHaveSingleItem();
    }

    private static void ShouldBeJson(JsonNode actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue(actual.ToJsonString());

    private static void ShouldFit(byte[] actual, string sample)
    {
        var known = JsonNode.Parse(Samples.Read(sample))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(Encoding.UTF8.GetString(actual))!.AsObject())
        {
            known.ContainsKey(name).ShouldBeTrue(name);
            if (known[name] is { } model) value!.GetValueKind().ShouldBe(model.GetValueKind(), name);
        }
    }
}
