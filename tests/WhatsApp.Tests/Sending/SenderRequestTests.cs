using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp.Tests;

/// <summary>What each provider is sent, and what its own answers mean.</summary>
public sealed class SenderRequestTests : IDisposable
{
    private const string CloudSent = """{"messaging_product":"whatsapp","contacts":[{"input":"201000000001","wa_id":"201000000001"}],"messages":[{"id":"wamid.NEW"}]}""";

    private readonly SenderFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Cloud_ToPhone_PostsOneTextAndKeepsTheId()
    {
        await using var gateway = await FakeGateway.StartAsync(200, CloudSent);
        var result = await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address, quoted: "wamid.ASKED");

        (result.Outcome, result.ProviderMessageId, result.Attempt, result.Contact).ShouldBe((SendOutcome.Sent, "wamid.NEW", 2, null));
        var request = gateway.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/v23.0/106540352242922/messages");
        request.Headers["Authorization"].ShouldBe("Bearer " + SenderFixture.AccessToken);
        ShouldBeJson(request.Body, """
            {"messaging_product":"whatsapp","recipient_type":"individual","to":"201000000001","type":"text",
             "text":{"body":"مرحبا 👋 \"quoted\"","preview_url":false},"context":{"message_id":"wamid.ASKED"},
             "biz_opaque_callback_data":"msg_0197512c-0000-7000-8000-000000000001|cnv_0f3a1b2c-0000-8000-8000-000000000001"}
            """);
    }

    [Fact]
    public async Task Cloud_ToUserIdOnly_UsesRecipientAndLearnsThePhone()
    {
        await using var gateway = await FakeGateway.StartAsync(200,
            """{"contacts":[{"input":"US.1","wa_id":"16505551234","user_id":"US.1"}],"messages":[{"id":"wamid.NEW"}]}""");
        var result = await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address, new ContactIdentity { UserId = "US.1" });

        result.Contact.ShouldBe(new ContactIdentity { Phone = "16505551234", UserId = "US.1" });
        var body = JsonNode.Parse(gateway.Requests.Single().Body)!;
        ((string?)body["recipient"], body["to"]).ShouldBe(("US.1", null));
    }

    [Fact]
    public async Task CallbackData_ReturnedInAStatus_NamesTheMessage()
    {
        await using var gateway = await FakeGateway.StartAsync(200, CloudSent);
        await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address);
        var data = (string)JsonNode.Parse(gateway.Requests.Single().Body)!["biz_opaque_callback_data"]!;
        var body = $$"""{"statuses":[{"id":"wamid.NEW","status":"sent","biz_opaque_callback_data":"{{data}}"}]}""";

        var status = Samples.ParserFor("cloud/").Parse(Encoding.UTF8.GetBytes(body)).Elements.ShouldHaveSingleItem().Status!;
        (status.MessageId, status.ConversationId).ShouldBe(("msg_0197512c-0000-7000-8000-000000000001", "cnv_0f3a1b2c-0000-8000-8000-000000000001"));
    }

    [Fact]
    public async Task Evolution_ToPhone_PostsWhatTheSampleHas()
    {
        await using var gateway = await FakeGateway.StartAsync(201, Encoding.UTF8.GetString(Samples.Read("evolution/outbound_response_sendText")));
        var result = await _fixture.SendAsync(ProviderKind.Evolution, gateway.Address + "/", quoted: "3EB0ASKED");

        (result.Outcome, result.ProviderMessageId).ShouldBe((SendOutcome.Sent, "3EB0EFD331EA140F004CA75141E8169B9EED7629"));
        var request = gateway.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/message/sendText/my%20shop");
        request.Headers["apikey"].ShouldBe(SenderFixture.ApiKey);
        ShouldBeJson(request.Body, """{"number":"201000000001","text":"مرحبا 👋 \"quoted\"","quoted":{"key":{"id":"3EB0ASKED"}}}""");
        ShouldFit(request.Body, "evolution/outbound_sendText");
    }

    [Fact]
    public async Task Evolution_AnswerWithAnotherWritingOfTheNumber_IsLearned()
    {
        await using var gateway = await FakeGateway.StartAsync(201, Encoding.UTF8.GetString(Samples.Read("evolution/outbound_response_sendText")));
        var result = await _fixture.SendAsync(ProviderKind.Evolution, gateway.Address, new ContactIdentity { Phone = "55169900000000" });
        result.Contact.ShouldBe(new ContactIdentity { Phone = "5516900000000" });
    }

    [Theory]
    [InlineData("""{"id":"true_201000000001@c.us_3EB0NEW","body":"x"}""")]
    [InlineData("""{"id":{"fromMe":true,"id":"3EB0NEW","_serialized":"true_201000000001@c.us_3EB0NEW"}}""")]
    [InlineData("""{"key":{"remoteJid":"201000000001@s.whatsapp.net","fromMe":true,"id":"3EB0NEW"},"status":"PENDING"}""")]
    [InlineData("""{"_data":{"id":{"_serialized":"true_201000000001@c.us_3EB0NEW"}}}""")]
    [InlineData("""{"code":"SUCCESS","results":{"message_id":"3EB0NEW"}}""")]
    public async Task Waha_AnswerOfAnyEngine_HasTheIdThatAcksHave(string answer)
    {
        await using var gateway = await FakeGateway.StartAsync(201, answer);
        var result = await _fixture.SendAsync(ProviderKind.Waha, gateway.Address);
        (result.Outcome, result.ProviderMessageId).ShouldBe((SendOutcome.Sent, "3EB0NEW"));

        var ack = """{"event":"message.ack","payload":{"id":"true_69380000000000@lid_3EB0NEW","fromMe":true,"ack":3,"ackName":"READ"}}"""u8.ToArray();
        Samples.ParserFor("waha/").Parse(ack).Elements.ShouldHaveSingleItem().Status!.ProviderMessageId.ShouldBe(result.ProviderMessageId);
        var echo = """{"event":"message.any","payload":{"id":"true_201000000001@c.us_3EB0NEW","fromMe":true,"to":"201000000001@c.us","body":"x"}}"""u8.ToArray();
        Samples.ParserFor("waha/").Parse(echo).Elements.ShouldHaveSingleItem().Message!.ProviderMessageId.ShouldBe(result.ProviderMessageId);
    }

    [Fact]
    public async Task Waha_ToPhone_PostsWhatTheSampleHas()
    {
        await using var gateway = await FakeGateway.StartAsync(201, """{"id":"true_1@c.us_A"}""");
        await _fixture.SendAsync(ProviderKind.Waha, gateway.Address, quoted: "false_201000000001@c.us_3EB0ASKED");

        var request = gateway.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/api/sendText");
        request.Headers["X-Api-Key"].ShouldBe(SenderFixture.ApiKey);
        ShouldBeJson(request.Body, """
            {"session":"my shop","chatId":"201000000001@c.us","text":"مرحبا 👋 \"quoted\"","reply_to":"false_201000000001@c.us_3EB0ASKED"}
            """);
        ShouldFit(request.Body, "waha/outbound_sendText");
    }

    [Fact]
    public async Task Waha_QuotingOurOwnMessage_WritesItsWholeId()
    {
        await using var gateway = await FakeGateway.StartAsync(201, """{"id":"true_1@c.us_A"}""");
        await _fixture.SendAsync(ProviderKind.Waha, gateway.Address, quoted: "3EB0OURS");
        ((string?)JsonNode.Parse(gateway.Requests.Single().Body)!["reply_to"]).ShouldBe("true_201000000001@c.us_3EB0OURS");
    }

    [Fact]
    public async Task Generic_ToAnyIds_PostsSignedJson()
    {
        await using var gateway = await FakeGateway.StartAsync(200, """{"id":"ext-1"}""");
        var result = await _fixture.SendAsync(ProviderKind.Generic, gateway.Address + "/hook?x=1", new ContactIdentity { UserId = "visitor-7" }, "web-1");

        (result.Outcome, result.ProviderMessageId).ShouldBe((SendOutcome.Sent, "ext-1"));
        var request = gateway.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/hook?x=1");
        ShouldBeJson(request.Body, """
            {"messageId":"msg_0197512c-0000-7000-8000-000000000001","conversationId":"cnv_0f3a1b2c-0000-8000-8000-000000000001","attempt":2,
             "to":{"userId":"visitor-7"},"kind":"text","text":"مرحبا 👋 \"quoted\"","replyTo":"web-1"}
            """);
        var headers = new HeaderDictionary { [WaqtorWebhookVerifier.HeaderName] = request.Headers["X-Waqtor-Signature"] };
        new WaqtorWebhookVerifier(ProviderKind.Generic)
            .Verify(new InstanceCredentials { WebhookSecret = SenderFixture.WebhookSecret }, headers, request.Body, _fixture.Clock.Now)
            .ShouldBe(SignatureVerdict.Valid);
    }

    [Fact]
    public async Task Generic_AnsweredWithNothing_IsSent()
    {
        await using var gateway = await FakeGateway.StartAsync(204, "");
        (await _fixture.SendAsync(ProviderKind.Generic, gateway.Address)).Outcome.ShouldBe(SendOutcome.Sent);
    }

    [Theory]
    [InlineData(ProviderKind.Cloud, "recipient_type", "group")]
    [InlineData(ProviderKind.Evolution, "number", "120363000000000001@g.us")]
    [InlineData(ProviderKind.Waha, "chatId", "120363000000000001@g.us")]
    public async Task Group_Addressed_IsTheGroupAndNotItsMember(ProviderKind provider, string member, string value)
    {
        await using var gateway = await FakeGateway.StartAsync(200, CloudSent);
        await _fixture.SendAsync(provider, gateway.Address, new ContactIdentity { GroupId = "120363000000000001", Phone = SenderFixture.CustomerPhone });
        ((string?)JsonNode.Parse(gateway.Requests.Single().Body)![member]).ShouldBe(value);
    }

    [Theory]
    [InlineData(ProviderKind.Evolution, "number")]
    [InlineData(ProviderKind.Waha, "chatId")]
    public async Task Lid_Addressed_WhenThereIsNoPhone(ProviderKind provider, string member)
    {
        await using var gateway = await FakeGateway.StartAsync(200, "{}");
        (await _fixture.SendAsync(provider, gateway.Address, new ContactIdentity { Lid = "69380000000000" })).Outcome.ShouldBe(SendOutcome.Sent);
        ((string?)JsonNode.Parse(gateway.Requests.Single().Body)![member]).ShouldBe("69380000000000@lid");
    }

    [Theory]
    [InlineData(ProviderKind.Evolution, null)]
    [InlineData(ProviderKind.Waha, "ftp://host")]
    [InlineData(ProviderKind.Generic, "not an address")]
    public async Task Instance_WithoutUsableAddress_FailsForGood(ProviderKind provider, string? baseUrl)
    {
        var result = await _fixture.SendAsync(provider, baseUrl);
        (result.Outcome, result.Error!.Code).ShouldBe((SendOutcome.Final, "configuration"));
    }

    [Fact]
    public async Task Contact_ThatTheProviderCannotAddress_FailsForGood()
    {
        var result = await _fixture.SendAsync(ProviderKind.Waha, "http://127.0.0.1:1", new ContactIdentity { UserId = "US.1" });
        (result.Outcome, result.Error!.Code).ShouldBe((SendOutcome.Final, "configuration"));
    }

    [Theory]
    [InlineData(ProviderKind.Evolution, "mentioned", "evolution/outbound_sendText", "201000000002", "69380000000000@lid")]
    [InlineData(ProviderKind.Waha, "mentions", "waha/outbound_sendText", "201000000002@c.us", "69380000000000@lid")]
    [InlineData(ProviderKind.Generic, "mentionedIds", null, "201000000002", "69380000000000@lid")]
    public async Task Mentioned_People_AreNamedAsTheProviderNamesThem(ProviderKind provider, string member, string? sample, string first, string second)
    {
        await using var gateway = await FakeGateway.StartAsync(200, "{}");
        await _fixture.SendAsync(provider, gateway.Address, mentioned: ["201000000002", "69380000000000@lid"]);
        await _fixture.SendAsync(provider, gateway.Address);
        var bodies = gateway.Requests.Select(request => request.Body).ToArray();
        JsonNode.Parse(bodies[0])![member]!.AsArray().Select(id => (string?)id).ShouldBe([first, second]);
        JsonNode.Parse(bodies[1])!.AsObject().ContainsKey(member).ShouldBeFalse();
        if (sample is not null) ShouldFit(bodies[0], sample);
    }

    // What the API refuses by this table is what no sender could have sent.
    [Theory]
    [InlineData(ProviderKind.Cloud)]
    [InlineData(ProviderKind.Evolution)]
    [InlineData(ProviderKind.Waha)]
    [InlineData(ProviderKind.Generic)]
    public async Task Reach_OfAProvider_IsThatOfItsSender(ProviderKind provider)
    {
        await using var gateway = await FakeGateway.StartAsync(200, "{}");
        ContactIdentity[] contacts = [new() { Phone = "201000000002" }, new() { Lid = "69380000000000" }, new() { UserId = "US.1" }, new() { GroupId = "120363000000000001" }];
        foreach (var contact in contacts)
        {
            var result = await _fixture.SendAsync(provider, gateway.Address, contact);
            (result.Error?.Code != "configuration").ShouldBe(ProviderReach.CanAddress(provider, contact), contact.ToString());
        }

        if (ProviderReach.NeedsBaseUrl(provider)) (await _fixture.SendAsync(provider, null)).Error!.Code.ShouldBe("configuration");
    }

    private static void ShouldBeJson(byte[] actual, string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected)).ShouldBeTrue(Encoding.UTF8.GetString(actual));

    // Every member that we send is one of the provider's own sample, of the same kind or null there.
    private static void ShouldFit(byte[] actual, string sample)
    {
        var known = JsonNode.Parse(Samples.Read(sample))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(actual)!.AsObject())
        {
            known.ContainsKey(name).ShouldBeTrue(name);
            if (known[name] is { } model) value!.GetValueKind().ShouldBe(model.GetValueKind(), name);
        }
    }
}
