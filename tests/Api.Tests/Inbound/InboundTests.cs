using System.Net;
using System.Text;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Inbound;

public sealed class InboundTests
{
    private static FakeCluster Shop() => new FakeCluster().With("shop", ProviderKind.Generic);

    private static FakeCluster Signed() => new FakeCluster().With("shop", ProviderKind.Generic, new InstanceCredentials { WebhookSecret = "secret" });

    [Fact]
    public async Task Delivery_OfOneMessage_IsStoredAndCounted()
    {
        await using var host = await ApiHost.StartAsync(Shop());

        var response = await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var answer = await ApiHost.ReadAsync(response);
        answer.GetProperty("deliveryId").GetString()!.ShouldStartWith("dlv_");
        answer.GetProperty("stored").GetInt32().ShouldBe(1);
        answer.GetProperty("duplicates").GetInt32().ShouldBe(0);
        answer.GetProperty("ignored").GetInt32().ShouldBe(0);
        answer.GetProperty("parked").GetInt32().ShouldBe(0);
        answer.TryGetProperty("spooled", out _).ShouldBeFalse();
        host.Cluster.ConversationOf("shop", "201000000001").Messages.ShouldHaveSingleItem().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task Delivery_UnderVersionedPath_IsTheSame()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await host.Provider.PostAsync("/api/v1/inbound/generic/shop", new StringContent(Samples.Generic("m1")));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delivery_SentAgain_CountsAsDuplicate()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        var answer = await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", Samples.Generic("m1")));

        answer.GetProperty("duplicates").GetInt32().ShouldBe(1);
        answer.GetProperty("stored").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Delivery_CarriesTheInstancesBufferRule()
    {
        var cluster = new FakeCluster().With("shop", ProviderKind.Generic, settings: plain => plain with { Buffer = new() { Seconds = 3, Messages = 2 } });
        await using var host = await ApiHost.StartAsync(cluster);
        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        var command = cluster.ConversationOf("shop", "201000000001").Commands.ShouldHaveSingleItem();
        command.Buffer.Seconds.ShouldBe(3);
        command.Buffer.Messages.ShouldBe(2);
        command.Instance.ShouldBe("shop");
        command.InstanceId.ShouldBe("ins_shop");
        command.BotIsOff.ShouldBeFalse();
    }

    [Fact]
    public async Task Delivery_WhileTheBotIsOff_SaysSo()
    {
        var cluster = new FakeCluster().With("shop", ProviderKind.Generic, settings: plain => plain with { BotEnabled = false });
        await using var host = await ApiHost.StartAsync(cluster);

        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        cluster.ConversationOf("shop", "201000000001").Commands.ShouldHaveSingleItem().BotIsOff.ShouldBeTrue();
    }

    [Theory]
    [InlineData("generic/nobody")]
    [InlineData("cloud/shop")]
    [InlineData("telegram/shop")]
    [InlineData("generic/SHOP")]
    [InlineData("generic/a%2Fb")]
    public async Task Delivery_ToUnknownInstanceOrOtherProvider_Is404(string path)
    {
        await using var host = await ApiHost.StartAsync(Shop());

        var response = await host.DeliverAsync(path, Samples.Generic("m1"));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("unknown_instance");
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("generic")]
    public async Task Delivery_ToSandbox_IsTakenByBothWords(string word)
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("play", ProviderKind.Sandbox));
        (await host.DeliverAsync($"{word}/play", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sha256=00")]
    [InlineData("nonsense")]
    public async Task Delivery_WithWrongSignature_Is401AndStoresNothing(string? signature)
    {
        await using var host = await ApiHost.StartAsync(Signed());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inbound/generic/shop") { Content = new StringContent(Samples.Generic("m1")) };
        if (signature is not null) request.Headers.TryAddWithoutValidation("X-Waqtor-Signature", signature);

        var response = await host.Provider.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("invalid_signature");
        host.Cluster.Conversations.ShouldBeEmpty();
        host.Cluster.Parked.ShouldBeEmpty();
        host.Cluster.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delivery_WithOneByteChanged_Is401()
    {
        await using var host = await ApiHost.StartAsync(Signed());
        var response = await SendSignedAsync(host, Samples.Generic("m1"), Samples.HubSignature("secret", Samples.Generic("m2")));
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        host.Cluster.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delivery_WithRightSignature_IsStored()
    {
        await using var host = await ApiHost.StartAsync(Signed());
        var body = Samples.Generic("m1");
        (await SendSignedAsync(host, body, Samples.HubSignature("secret", body))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("42")]
    public async Task Delivery_UnsignedAndUnreadable_Is400(string body)
    {
        await using var host = await ApiHost.StartAsync(Shop());

        var response = await host.DeliverAsync("generic/shop", body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("unreadable_body");
        host.Cluster.Parked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delivery_NestedTenThousandDeep_Is400()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var body = new string('[', 10_000) + new string(']', 10_000);
        (await host.DeliverAsync("generic/shop", body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("{ this is not json", "{ this is not json")]
    [InlineData("", "")]
    public async Task Delivery_SignedAndUnreadable_IsParkedRawAnd200(string body, string raw)
    {
        await using var host = await ApiHost.StartAsync(Signed());

        var response = await SendSignedAsync(host, body, Samples.HubSignature("secret", body));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ApiHost.ReadAsync(response)).GetProperty("parked").GetInt32().ShouldBe(1);
        var parked = host.Cluster.Parked.ShouldHaveSingleItem();
        parked.Raw.ShouldBe(raw);
        parked.SignatureChecked.ShouldBeTrue();
        parked.Reason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Delivery_SignedAndNotEvenText_IsParkedWithItsBytes()
    {
        await using var host = await ApiHost.StartAsync(Signed());
        byte[] bytes = [0xff, 0x00, 0xfe, 0x7b];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inbound/generic/shop") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Waqtor-Signature",
            "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret"), bytes)));

        (await host.Provider.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var raw = host.Cluster.Parked.ShouldHaveSingleItem().Raw!;
        Api.Inbound.RawBody.Restore(raw).ShouldBe(bytes);
    }

    [Fact]
    public async Task Delivery_WithOneBadElement_LosesNoNeighbour()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var body = """{"messages":[{"id":"a","from":"201000000001","text":"1"},{"text":"no id"},7,{"id":"b","from":"201000000002","text":"2"},{"id":"c","from":"201000000001","text":"3"}],"statuses":[{"id":"out1","status":"delivered"}]}""";

        var answer = await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", body));

        answer.GetProperty("stored").GetInt32().ShouldBe(4);
        answer.GetProperty("parked").GetInt32().ShouldBe(2);
        host.Cluster.ConversationOf("shop", "201000000001").Messages.Select(message => message.ProviderMessageId).ShouldBe(["a", "c"]);
        host.Cluster.ConversationOf("shop", "201000000002").Messages.Select(message => message.ProviderMessageId).ShouldBe(["b"]);
        host.Cluster.Statuses.ShouldHaveSingleItem().Key.ShouldBe("ins_shop/out1");
        var parked = host.Cluster.Parked.ShouldHaveSingleItem();
        parked.Raw.ShouldBe(body);
        parked.Elements.Length.ShouldBe(6);
        parked.Elements.Count(element => element.Outcome == "parked").ShouldBe(2);
    }

    [Fact]
    public async Task Delivery_OfManyConversations_KeepsTheOrderOfEach()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("Ingest:LanesMax", "4")]);
        var messages = Enumerable.Range(0, 1_000).Select(i => Samples.Generic($"m{i}", $"20100000{i % 50:D4}"));

        var answer = await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", $$"""{"messages":[{{string.Join(",", messages)}}]}"""));

        answer.GetProperty("stored").GetInt32().ShouldBe(1_000);
        foreach (var conversation in host.Cluster.Conversations)
        {
            var numbers = conversation.Messages.Select(message => int.Parse(message.ProviderMessageId[1..], System.Globalization.CultureInfo.InvariantCulture)).ToList();
            numbers.ShouldBe(numbers.Order());
            conversation.Commands.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Delivery_OfSessionAndStatus_GoesToTheirGrains()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        await host.DeliverAsync("generic/shop", """{"session":{"status":"disconnected","reason":"logout"},"statuses":[{"id":"o","status":"sent"},{"id":"o","status":"read"}]}""");
        host.Cluster.Instance("shop").Sessions.ShouldHaveSingleItem().Status.ShouldBe(SessionStatus.Disconnected);
        host.Cluster.Statuses.Select(status => status.Update.ProviderStatus).ShouldBe(["sent", "read"]);
    }

    [Fact]
    public async Task Delivery_WithMedia_KeepsTheFileBeforeTheMessage()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var file = Encoding.UTF8.GetBytes("a picture");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));

        await host.DeliverAsync("generic/shop",
            $$$"""{"id":"m1","from":"201000000001","kind":"image","media":{"mimeType":"image/png","base64":"{{{Convert.ToBase64String(file)}}}"}}""");

        host.Cluster.ConversationOf("shop", "201000000001").Messages.ShouldHaveSingleItem().Content!.Media!.StoredHash.ShouldBe(hash);
        var path = Path.Combine(host.Folder.Path, "media", hash[..2], hash[2..]);
        (await File.ReadAllBytesAsync(path)).ShouldBe(file);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Delivery_ThatIsStored_IsTraced()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var id = (await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", Samples.Generic("m1")))).GetProperty("deliveryId").GetString();

        await Eventually.HappensAsync(() => !host.Cluster.Events.IsEmpty, "the trace of the delivery");

        var trace = host.Cluster.Events.ShouldHaveSingleItem();
        trace.Name.ShouldBe("delivery");
        trace.Delivery!.Id.ShouldBe(id);
        trace.Delivery.Outcome.ShouldBe(Waqtor.Deliveries.DeliveryOutcome.Stored);
        var element = trace.Delivery.Elements.ShouldHaveSingleItem();
        element.ProviderMessageId.ShouldBe("m1");
        element.Outcome.ShouldBe("stored");
        element.ConversationId.ShouldBe(host.Cluster.ConversationOf("shop", "201000000001").Id);
    }

    [Fact]
    public async Task Delivery_WithOneMessageSeenBefore_IsTracedWithThatOneAsDuplicate()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));
        var both = $$"""{"messages":[{{Samples.Generic("m1")}},{{Samples.Generic("m2")}}]}""";
        var id = (await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", both))).GetProperty("deliveryId").GetString();

        await Eventually.HappensAsync(() => host.Cluster.Events.Any(one => one.Delivery?.Id == id), "the trace of the delivery");

        var elements = host.Cluster.Events.Single(one => one.Delivery?.Id == id).Delivery!.Elements;
        elements.Select(element => (element.ProviderMessageId, element.Outcome)).ShouldBe([("m1", "duplicate"), ("m2", "stored")]);
    }

    [Fact]
    public async Task Delivery_OverTheRate_Is429WithRetryAfter()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("Ingest:RequestsPerSecond", "1")]);

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.DeliverAsync("generic/shop", Samples.Generic($"m{i}"))));

        responses.Count(response => response.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(2);
        var refused = responses.First(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await ApiHost.ReadAsync(refused)).GetProperty("code").GetString().ShouldBe("rate_limited");
    }

    [Fact]
    public async Task Delivery_WithAWrongSignature_UsesUpNobodysRate()
    {
        await using var host = await ApiHost.StartAsync(Signed(), [("Ingest:RequestsPerSecond", "1")]);
        var forged = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.DeliverAsync("generic/shop", Samples.Generic($"m{i}"))));
        forged.ShouldAllBe(response => response.StatusCode == HttpStatusCode.Unauthorized);

        var body = Samples.Generic("m1");
        (await SendSignedAsync(host, body, Samples.HubSignature("secret", body))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delivery_WhenRateIsZero_IsNeverRefused()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("Ingest:RequestsPerSecond", "0")]);
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.DeliverAsync("generic/shop", Samples.Generic($"m{i}"))));
        responses.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delivery_BeyondTheNumberInFlight_Is503AtOnce()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("Ingest:InFlightMax", "2")]);
        host.Cluster.HoldWrites();
        var waiting = Enumerable.Range(0, 2).Select(i => host.DeliverAsync("generic/shop", Samples.Generic($"m{i}"))).ToArray();
        await Eventually.HappensAsync(() => host.Get<Api.Inbound.InFlightGate>().Count == 2, "two deliveries in flight");

        var refused = await host.DeliverAsync("generic/shop", Samples.Generic("m3"));

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        host.Cluster.ReleaseWrites();
        (await Task.WhenAll(waiting)).ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        (await host.DeliverAsync("generic/shop", Samples.Generic("m3"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delivery_FiftyTimesAtOnce_IsStoredOnceAndAllGet200()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.DeliverAsync("generic/shop", Samples.Generic("same"))));
        responses.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        host.Cluster.Received.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Log_OfDeliveriesAndRefusals_HoldsNoTextNumberOrSecret()
    {
        await using var host = await ApiHost.StartAsync(Signed());
        await host.DeliverAsync("generic/shop", Samples.Generic("m1", "201000000777", "a private text"));
        var body = Samples.Generic("m1", "201000000777", "a private text");
        host.Cluster.StoreIsDown = true;
        await SendSignedAsync(host, body, Samples.HubSignature("secret", body));

        var log = string.Join('\n', host.Log.Lines.Where(line => !line.Contains("Request starting", StringComparison.Ordinal)));
        log.ShouldNotContain("201000000777");
        log.ShouldNotContain("a private text");
        log.ShouldNotContain("\"secret\"");
        log.ShouldNotContain(ApiHost.AdminKey);
    }

    private static Task<HttpResponseMessage> SendSignedAsync(ApiHost host, string body, string signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/inbound/generic/shop") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Waqtor-Signature", signature);
        return host.Provider.SendAsync(request);
    }
}
