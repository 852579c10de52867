using System.Net;
using System.Text;
using System.Text.Json;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.EndToEnd;

public sealed class EndToEndTests : IAsyncLifetime
{
    private const string Sara = "15550001111";

    private RealServer _server = null!;

    private HttpClient Client => _server.Node.Client;

    public async Task InitializeAsync()
    {
        _server = await RealServer.StartAsync();
        var made = await PostAsync("/api/instances",
            """{"name":"play","provider":"sandbox","buffer":{"seconds":1,"messages":3},"fallbackText":"{{messageCount}}|{{text}}"}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        await PostAsync("/api/sandbox/play/phones", $$"""{"phone":"{{Sara}}","name":"Sara"}""");
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Burst_Typed_IsOneBatchWithOneReplyThatIsRead()
    {
        foreach (var text in new[] { "one", "two", "three" }) await TypeAsync(text);

        await EventuallyAsync($"/api/sandbox/play/phones/{Sara}/messages", screen =>
            screen.Items().Any(shown => shown.Text("text") == "3|one\ntwo\nthree" && shown.Text("status") == "read"), "the reply is read on the phone");

        var conversation = await ReadAsync($"/api/conversations/by-phone?instance=play&phone={Sara}");
        var id = conversation.Text("id");
        await EventuallyAsync($"/api/conversations/{id}/batches", batches => batches.Items() is [var only] && only.Text("status") == "completed", "the batch is completed");
        var batch = (await ReadAsync($"/api/conversations/{id}/batches")).Items().ShouldHaveSingleItem();
        batch.Text("reason").ShouldBe("count");
        batch.GetProperty("messageIds").GetArrayLength().ShouldBe(3);
        batch.GetProperty("providerMessageIds").GetArrayLength().ShouldBe(3);

        await EventuallyAsync($"/api/conversations/{id}/messages?order=asc", messages => messages.Items().Count == 4, "four messages in the archive");
        var messages = (await ReadAsync($"/api/conversations/{id}/messages?order=asc")).Items();
        messages.Select(message => message.Text("text")).ShouldBe(["one", "two", "three", "3|one\ntwo\nthree"]);
        await EventuallyAsync("/api/conversations?search=Sara", found => found.Items() is [var one] && one.Text("id") == id, "the conversation is found by name");
        (await ReadAsync("/api/queue/health")).Text("status").ShouldBe("healthy");
        await EventuallyAsync("/api/queue/stats", stats => stats.GetProperty("processed").GetInt64() == 1, "one batch counted as processed");
    }

    [Fact]
    public async Task Text_Sent_RisesToReadWithItsHistory()
    {
        var sent = await ApiHost.ReadAsync(await PostAsync("/api/messages/send-text", $$"""{"instance":"play","chatId":"+{{Sara}}","text":"hello"}"""));
        var path = $"/api/messages/{sent.Text("messageId")}";
        (await ReadAsync(path)).Text("text").ShouldBe("hello");
        await EventuallyAsync(path, message => message.Text("status") == "read", "the message is read");
        (await ReadAsync(path)).GetProperty("history").EnumerateArray().Select(change => change.Text("status")).ShouldContain("delivered");
    }

    [Fact]
    public async Task Buttons_Sent_AreShownAndAnsweredByAChoice()
    {
        var body = $$"""{"instance":"play","chatId":"{{Sara}}","text":"Keep the order?","buttons":[{"id":"keep","title":"Keep"},{"id":"drop","title":"Drop"}]}""";
        (await PostAsync("/api/messages/send-button", body)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await EventuallyAsync($"/api/sandbox/play/phones/{Sara}/messages", screen => screen.Items().Any(shown =>
            shown.Text("text") == "Keep the order?" && shown.GetProperty("offer").GetProperty("buttons")[1].Text("id") == "drop"), "the buttons are on the phone");

        (await PostAsync($"/api/sandbox/play/phones/{Sara}/messages", """{"choice":"other"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync($"/api/sandbox/play/phones/{Sara}/messages", """{"choice":"drop"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await EventuallyAsync("/api/messages?instance=play&direction=inbound", page => page.Items().Any(message =>
            message.Text("kind") == "buttonReply" && message.Text("text") == "Drop"
            && message.GetProperty("content").GetProperty("interactive").Text("id") == "drop"), "the choice is in the history");
        (await ReadAsync("/api/messages?instance=play&direction=outbound")).Items().ShouldContain(message => message.Text("kind") == "buttons");
    }

    [Fact]
    public async Task Text_ThatMentions_IsShownAndKeptWithItsMentions()
    {
        var body = $$$"""{"instance":"play","chatId":"{{{Sara}}}","text":"@15550002222 look","options":{"mentionedIds":["+15550002222"]}}""";
        var sent = await ApiHost.ReadAsync(await PostAsync("/api/messages/send-text", body));
        await EventuallyAsync($"/api/sandbox/play/phones/{Sara}/messages", screen => screen.Items().Any(shown =>
            shown.Text("text") == "@15550002222 look" && shown.GetProperty("mentionedIds")[0].GetString() == "15550002222"), "the mention is on the phone");
        (await ReadAsync($"/api/messages/{sent.Text("messageId")}")).GetProperty("content").GetProperty("mentionedIds")[0].GetString().ShouldBe("15550002222");
    }

    [Fact]
    public async Task Text_WithAnIdempotencyKey_IsSentOnce()
    {
        var body = $$"""{"instance":"play","chatId":"{{Sara}}","text":"once"}""";
        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages/send-text") { Content = Json(body) };
            request.Headers.Add("Idempotency-Key", "k1");
            answers.Add(await (await Client.SendAsync(request)).Content.ReadAsStringAsync());
        }

        answers.Distinct().ShouldHaveSingleItem();
        using var other = new HttpRequestMessage(HttpMethod.Post, "/api/messages/send-text") { Content = Json(body.Replace("once", "twice", StringComparison.Ordinal)) };
        other.Headers.Add("Idempotency-Key", "k1");
        (await Client.SendAsync(other)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Conversation_Paused_IsStoredAndNotAnswered_AndFlushedByHand()
    {
        await TypeAsync("first");
        var id = (await ReadAsync($"/api/conversations/by-phone?instance=play&phone={Sara}")).Text("id");
        (await PostAsync($"/api/conversations/{id}/pause", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync($"/api/conversations/{id}")).GetProperty("paused").GetBoolean().ShouldBeTrue();
        (await ReadAsync($"/api/conversations/{id}")).GetProperty("unread").GetInt32().ShouldBe(1);
        (await PostAsync($"/api/conversations/{id}/read", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync($"/api/conversations/{id}")).GetProperty("unread").GetInt32().ShouldBe(0);
        (await PostAsync($"/api/conversations/{id}/resume", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync($"/api/conversations/{id}/flush", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Contact_KnownByTwoIds_IsOneConversation()
    {
        await PostAsync("/api/instances", """{"name":"evo","provider":"evolution","bot":{"enabled":false}}""");
        await _server.Node.DeliverAsync("evolution/evo", Samples.Evolution("evo", "m1", "6938000@lid"));
        await _server.Node.DeliverAsync("evolution/evo", Samples.Evolution("evo", "m2", "6938000@lid", "201000000001@s.whatsapp.net"));
        await _server.Node.DeliverAsync("evolution/evo", Samples.Evolution("evo", "m3"));
        var conversation = await ReadAsync("/api/conversations/by-phone?instance=evo&phone=201000000001");
        conversation.GetProperty("messageCount").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task Delivery_ThatCannotBeRouted_IsShownAndReplayedAfterTheInstanceIsMade()
    {
        await PostAsync("/api/instances", """{"name":"one","provider":"cloud","phoneNumberId":"111"}""");
        var answer = await ApiHost.ReadAsync(await _server.Node.DeliverAsync("cloud/one", Samples.Cloud(("222", "b"), ("111", "a"))));
        answer.GetProperty("parked").GetInt32().ShouldBe(1);
        var id = answer.Text("deliveryId");

        await EventuallyAsync("/api/deliveries?outcome=parked", page => page.Items().Exists(delivery => delivery.Text("id") == id), "the parked delivery is listed");
        (await ReadAsync($"/api/deliveries/{id}")).Text("raw").ShouldContain("\"222\"");
        await PostAsync("/api/instances", """{"name":"two","provider":"cloud","phoneNumberId":"222"}""");
        var replayed = await ApiHost.ReadAsync(await PostAsync($"/api/deliveries/{id}/replay", "{}"));
        replayed.GetProperty("stored").GetInt32().ShouldBe(1);
        replayed.GetProperty("duplicates").GetInt32().ShouldBe(1);
        replayed.GetProperty("parked").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Delivery_Stored_IsTraced()
    {
        await PostAsync("/api/instances", """{"name":"gen","provider":"generic"}""");
        var id = (await ApiHost.ReadAsync(await _server.Node.DeliverAsync("generic/gen", Samples.Generic("m1")))).Text("deliveryId");
        await EventuallyAsync($"/api/deliveries?instance=gen", page => page.Items().Exists(delivery => delivery.Text("id") == id), "the trace of the delivery");
        (await ReadAsync($"/api/deliveries/{id}")).GetProperty("elements")[0].Text("outcome").ShouldBe("stored");
    }

    [Fact]
    public async Task OtherNode_SeesInstanceAndKeyChangesWithinSeconds()
    {
        var other = await _server.AddNodeAsync();
        await PostAsync("/api/instances", """{"name":"gen","provider":"generic"}""");
        (await other.DeliverAsync("generic/gen", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Client.PatchAsync("/api/instances/gen", Json("""{"webhookSecret":"s"}"""));
        await UntilAsync(async () => (await other.DeliverAsync("generic/gen", Samples.Generic("m2"))).StatusCode == HttpStatusCode.Unauthorized, "the other node asks for the signature");

        var key = await ApiHost.ReadAsync(await PostAsync("/api/keys", """{"name":"robot","role":"viewer"}"""));
        using var robot = new HttpClient { BaseAddress = other.Address };
        robot.DefaultRequestHeaders.Add("X-API-Key", key.Text("key"));
        (await robot.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Client.DeleteAsync($"/api/keys/{key.Text("id")}");
        await UntilAsync(async () => (await robot.GetAsync("/api/instances")).StatusCode == HttpStatusCode.Unauthorized, "the revoked key ends on the other node");
    }

    [Fact]
    public async Task Secrets_AreNeverShown()
    {
        await PostAsync("/api/instances", """{"name":"evo","provider":"evolution","apiKey":"top-secret-1","webhookSecret":"top-secret-2"}""");
        foreach (var path in new[] { "/api/instances", "/api/instances/evo" }) (await Client.GetStringAsync(path)).ShouldNotContain("top-secret");
        (await ReadAsync("/api/instances/evo")).GetProperty("credentials").GetProperty("webhookSecret").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task ManyDeliveriesAtOnce_AreAllStoredOnceAndInOrder()
    {
        await PostAsync("/api/instances", """{"name":"gen","provider":"generic","buffer":{"seconds":60,"messages":100},"bot":{"enabled":false}}""");
        await Parallel.ForAsync(0, 16, async (phone, _) =>
        {
            for (var i = 0; i < 20; i++)
            {
                var response = await _server.Node.DeliverAsync("generic/gen", Samples.Generic($"p{phone}-{i:D2}", $"20100000{phone:D4}"));
                response.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        });
        await EventuallyAsync("/api/messages?instance=gen&limit=200", page => page.Items().Count == 200, "a full page of messages");
        var one = await ReadAsync("/api/conversations/by-phone?instance=gen&phone=201000000007");
        var ids = new List<string>();
        await EventuallyAsync($"/api/conversations/{one.Text("id")}/messages?order=asc", page => (ids = [.. page.Items().Select(message => message.Text("providerMessageId"))]).Count == 20, "20 messages of one conversation");
        ids.ShouldBe(Enumerable.Range(0, 20).Select(i => $"p7-{i:D2}"));
    }

    [Fact]
    public async Task Key_BoundToAnInstance_SeesOnlyItsConversations()
    {
        await TypeAsync("hello");
        await PostAsync("/api/instances", """{"name":"gen","provider":"generic"}""");
        await _server.Node.DeliverAsync("generic/gen", Samples.Generic("m1"));
        await EventuallyAsync("/api/conversations", page => page.Items().Count == 2, "both conversations are listed");
        var created = await ApiHost.ReadAsync(await PostAsync("/api/keys", """{"name":"gen only","role":"operator","instances":["gen"]}"""));
        using var bound = new HttpClient { BaseAddress = _server.Node.Address };
        bound.DefaultRequestHeaders.Add("X-API-Key", created.Text("key"));

        JsonDocument.Parse(await bound.GetStringAsync("/api/conversations")).RootElement.Items().ShouldHaveSingleItem().Text("instance").ShouldBe("gen");
        var hidden = (await ReadAsync($"/api/conversations/by-phone?instance=play&phone={Sara}")).Text("id");
        (await bound.GetAsync($"/api/conversations/{hidden}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await bound.GetAsync($"/api/conversations/by-phone?instance=play&phone={Sara}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await bound.PostAsync($"/api/conversations/{hidden}/flush", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonDocument.Parse(await bound.GetStringAsync("/api/messages")).RootElement.Items().ShouldAllBe(message => message.Text("instance") == "gen");
    }

    private Task<HttpResponseMessage> TypeAsync(string text) => PostAsync($"/api/sandbox/play/phones/{Sara}/messages", JsonSerializer.Serialize(new { text }));

    private Task<HttpResponseMessage> PostAsync(string path, string body) => Client.PostAsync(path, Json(body));

    private async Task<JsonElement> ReadAsync(string path)
    {
        var response = await Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await ApiHost.ReadAsync(response);
    }

    private Task EventuallyAsync(string path, Func<JsonElement, bool> good, string what) => UntilAsync(async () => good(await ReadAsync(path)), what);

    private static async Task UntilAsync(Func<Task<bool>> good, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await good())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(30)) throw new TimeoutException($"Awaited in vain: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
