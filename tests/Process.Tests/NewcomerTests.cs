using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Waqtor.Fakes;
using Waqtor.ProcessKit;

namespace Waqtor.Process.Tests;

/// <summary>The first hour of a new user, with the bodies that Evolution and the Cloud API really send.</summary>
public sealed class NewcomerTests
{
    private const string AppSecret = "waqtor-test-secret";
    private const string PhoneNumberId = "1122334455667";
    private const string Customer = "972987654321";

    [Fact]
    public async Task Newcomer_ConnectsTwoProviders_IsAnsweredAndSeesStatusesAcrossAKill()
    {
        await using var gateway = await FakeGateway.StartAsync();
        await using var server = new WaqtorServer();
        await server.StartAsync();
        var buffer = new BufferOptions(Seconds: 2);
        await server.Client.CreateInstanceAsync(new InstanceOptions
        {
            Name = "gate", BaseUrl = gateway.Url, ApiKey = "key-of-evolution", Buffer = buffer, FallbackText = "{{messageCount}}|{{text}}",
        });
        await server.Client.CreateInstanceAsync(new InstanceOptions
        {
            Name = "official", Provider = "cloud", BaseUrl = gateway.Url, PhoneNumberId = PhoneNumberId, AccessToken = "token-of-meta",
            AppSecret = AppSecret, VerifyToken = "chosen-word", Buffer = buffer, FallbackText = "{{messageCount}}|{{text}}",
        });

        using (var handshake = await server.Client.GetAsync(
            "/api/inbound/cloud/official?hub.mode=subscribe&hub.verify_token=chosen-word&hub.challenge=4711"))
            (await handshake.Content.ReadAsStringAsync()).ShouldBe("4711");
        await PostAsync(server, "evolution", "gate", EvolutionBody.Text("gate", "551198765", "3EB0A", "hello"));
        await PostAsync(server, "evolution", "gate", EvolutionBody.Text("gate", "551198765", "3EB0B", "are you open?"));
        await PostAsync(server, "cloud", "official", CloudText("wamid.ONE", "مرحبا"), Signed);
        await PostAsync(server, "cloud", "official", CloudText("wamid.TWO", "هل أنتم مفتوحون؟"), Signed);
        await server.KillAsync();
        await server.StartAsync();

        await Eventually.TrueAsync("both replies", TimeSpan.FromSeconds(20), () => Task.FromResult(gateway.Sent.Count >= 2));
        var evolution = gateway.Sent.Single(send => send.Provider == "evolution");
        (evolution.Account, evolution.To, evolution.Text, evolution.Credential)
            .ShouldBe(("gate", "551198765", "2|hello\nare you open?", "key-of-evolution"));
        var cloud = gateway.Sent.Single(send => send.Provider == "cloud");
        (cloud.Account, cloud.To, cloud.Text, cloud.Credential)
            .ShouldBe((PhoneNumberId, Customer, "2|مرحبا\nهل أنتم مفتوحون؟", "Bearer token-of-meta"));

        await PostAsync(server, "evolution", "gate", EvolutionBody.Status("gate", "551198765", evolution.ProviderMessageId, "DELIVERY_ACK"));
        await PostAsync(server, "cloud", "official", CloudStatus(cloud.ProviderMessageId, "delivered"), Signed);
        await AwaitReplyAsync(server, "gate", "551198765", "delivered");
        await AwaitReplyAsync(server, "official", Customer, "delivered");
        await server.KillAsync();
        await server.StartAsync();
        await PostAsync(server, "evolution", "gate", EvolutionBody.Status("gate", "551198765", evolution.ProviderMessageId, "READ"));
        await PostAsync(server, "cloud", "official", CloudStatus(cloud.ProviderMessageId, "read"), Signed);
        // A late "delivered" must not take "read" back.
        await PostAsync(server, "cloud", "official", CloudStatus(cloud.ProviderMessageId, "delivered"), Signed);
        await AwaitReplyAsync(server, "gate", "551198765", "read");
        await AwaitReplyAsync(server, "official", Customer, "read");

        gateway.Sent.Count.ShouldBe(2);
        gateway.Unexpected.ShouldBeEmpty();
    }

    /// <summary>Scenario 18.</summary>
    [Fact]
    public async Task Webhook_WithAWrongSignature_IsRefusedAndNothingIsStored()
    {
        await using var server = new WaqtorServer();
        await server.StartAsync();
        await server.Client.CreateInstanceAsync(new InstanceOptions
        {
            Name = "official", Provider = "cloud", PhoneNumberId = PhoneNumberId, AccessToken = "t", AppSecret = AppSecret, VerifyToken = "v",
        });
        var body = CloudText("wamid.FORGED", "pay me");
        var signature = Signed(body);
        body[^5] ^= 1;
        using (var changed = await server.Client.SendWebhookAsync("cloud", "official", body, signature))
            changed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using (var unsigned = await server.Client.SendWebhookAsync("cloud", "official", CloudText("wamid.BARE", "pay me")))
            unsigned.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Client.ConversationsAsync("official")).ShouldBeEmpty();
    }

    private static async Task PostAsync(
        WaqtorServer server, string provider, string instance, byte[] body, Func<byte[], Dictionary<string, string>>? sign = null)
    {
        using var answer = await server.Client.SendWebhookAsync(provider, instance, body, sign?.Invoke(body));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, string> Signed(byte[] body) => new()
    {
        ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), body)),
    };

    private static Task AwaitReplyAsync(WaqtorServer server, string instance, string phone, string status) =>
        Eventually.TrueAsync($"the reply of {instance} to be {status}", TimeSpan.FromSeconds(10), async () =>
            await server.Client.ConversationAsync(instance, phone) is { } conversation
            && (await server.Client.MessagesAsync(conversation.Id)).Any(message => message.Direction == "outbound" && message.Status == status));

    private static byte[] CloudText(string id, string text) => CloudChange(
        new JsonObject
        {
            ["contacts"] = new JsonArray(new JsonObject { ["profile"] = new JsonObject { ["name"] = "Test Name" }, ["wa_id"] = Customer }),
            ["messages"] = new JsonArray(new JsonObject
            {
                ["from"] = Customer, ["id"] = id, ["timestamp"] = Seconds(), ["text"] = new JsonObject { ["body"] = text }, ["type"] = "text",
            }),
        });

    private static byte[] CloudStatus(string id, string status) => CloudChange(
        new JsonObject
        {
            ["statuses"] = new JsonArray(new JsonObject
            {
                ["id"] = id, ["status"] = status, ["timestamp"] = Seconds(), ["recipient_id"] = Customer,
                ["conversation"] = new JsonObject
                {
                    ["id"] = "7270432eae37498234f4444b35ffc5", ["origin"] = new JsonObject { ["type"] = "service" },
                },
                ["pricing"] = new JsonObject { ["billable"] = true, ["pricing_model"] = "CBP", ["category"] = "service" },
            }),
        });

    private static byte[] CloudChange(JsonObject value)
    {
        value["messaging_product"] = "whatsapp";
        value["metadata"] = new JsonObject { ["display_phone_number"] = "972123456789", ["phone_number_id"] = PhoneNumberId };
        var body = new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = "1234567890987654321",
                ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = "messages" }),
            }),
        };
        // Escaped as Meta escapes, so that a server that signs its own rendering of the body would be found out.
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static string Seconds() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
