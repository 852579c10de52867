using System.Net;
using System.Text;
using System.Text.Json;
using Waqtor.Api.Tests.EndToEnd;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.SmartBot;

/// <summary>The bot over the real grains, on the sandbox's phones.</summary>
public sealed class SmartBotEndToEndTests : IAsyncLifetime
{
    private RealServer _server = null!;

    private HttpClient Client => _server.Node.Client;

    public async Task InitializeAsync()
    {
        _server = await RealServer.StartAsync();
        await SendAsync(HttpMethod.Post, "/api/instances", """{"name":"shop","provider":"sandbox","buffer":{"seconds":1,"messages":3},"fallbackText":"We will write back."}""");
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Bursts_InArabicAndEnglish_AreAnsweredOnceAndTheBenchSaysTheSame()
    {
        await TeachAsync();
        var story = new (string Phone, string[] Lines, string Rule)[]
        {
            ("15550000001", ["Hello", "what are your opening hours", "thanks"], "hours"),
            ("15550000002", ["كم سعر التوصيل"], "delivery"),
            ("15550000003", ["I want to return my order"], "returns"),
            ("15550000004", ["السلام عليكم", "متى تفتحون", "شكرا"], "hours"),
        };
        foreach (var (phone, lines, _) in story)
        {
            foreach (var line in lines) await TypeAsync(phone, line);
        }

        foreach (var (phone, lines, rule) in story)
        {
            var replies = await RepliesAsync(phone, 1);
            var conversation = await ConversationAsync(phone);
            var item = await HistoryAsync(conversation.Text("id"));
            (item.Text("path"), item.Text("reply")).ShouldBe(("rule", replies.Single()));
            item.GetProperty("ruleId").GetString().ShouldBe(await RuleIdAsync(rule));
            item.GetProperty("steps").EnumerateArray().Select(step => step.Text("name")).ShouldBe(
                ["normalise", "detectLanguage", "inboundSafety", "match", "decide", "render", "outboundSafety", "sendAndLearn"]);

            var bench = await SendAsync(HttpMethod.Post, "/api/smartbot/test",
                JsonSerializer.Serialize(new { instance = "shop", text = string.Join('\n', lines), phone }));
            foreach (var member in new[] { "path", "ruleId", "confidence", "reply", "language", "modelVersion", "top", "steps" })
                bench.GetProperty(member).GetRawText().ShouldBe(item.GetProperty(member).GetRawText(), member);
        }

        // An answered question is not asked again: no second reply came to anybody.
        foreach (var (phone, _, _) in story) (await RepliesAsync(phone, 1)).Count.ShouldBe(1);
        (await RepliesAsync("15550000004", 1)).Single().ShouldBe("من 9 الى 17");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("We open from 9 to 17.");
    }

    [Fact]
    public async Task Choice_OfARulesButton_IsAnsweredByThatRule()
    {
        await TeachAsync();
        var hours = await RuleIdAsync("hours");
        await SendAsync(HttpMethod.Post, "/api/smartbot/rules",
            $$$"""{"instance":"shop","name":"menu","phrases":["show me the menu","main menu please"],"interactive":{"text":"Hello {{name|friend}}, what do you need?","buttons":[{"id":"{{{hours}}}","title":"Hours"},{"id":"x","title":"Else"}]}}""");
        await LearntAsync(2);
        await TypeAsync("15550000001", "show me the menu");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("Hello Sara, what do you need?");

        await SendAsync(HttpMethod.Post, "/api/sandbox/shop/phones/15550000001/messages", $$"""{"choice":"{{hours}}"}""");

        (await RepliesAsync("15550000001", 2)).Last().ShouldBe("We open from 9 to 17.");
        var item = await HistoryAsync((await ConversationAsync("15550000001")).Text("id"), 2);
        (item.Text("ruleId"), item.GetProperty("confidence").GetDouble()).ShouldBe((hours, 1));
    }

    [Fact]
    public async Task Text_ThatMayMeanSeveral_GetsAMenuAndTheChosenRuleAnswers()
    {
        foreach (var (name, word) in new[] { ("Price", "price"), ("Size", "size"), ("Recipe", "recipe") })
        {
            await SendAsync(HttpMethod.Post, "/api/smartbot/rules",
                $$"""{"instance":"shop","name":"{{name}}","reply":"The {{word}}.","phrases":["{{word}} apple cake","apple cake {{word}}"]}""");
        }

        await LearntAsync(1);
        await TypeAsync("15550000001", "apple cake");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("What do you mean?", (await HistoryAsync((await ConversationAsync("15550000001")).Text("id"))).GetRawText());
        var offered = await HistoryAsync((await ConversationAsync("15550000001")).Text("id"));
        offered.Text("path").ShouldBe("menu");
        var top = offered.GetProperty("top").EnumerateArray().Select(candidate => candidate.Text("ruleId")).ToList();
        top.Count.ShouldBe(3);

        // The second button, as the phone's screen shows it.
        await SendAsync(HttpMethod.Post, "/api/sandbox/shop/phones/15550000001/messages", $$"""{"choice":"{{top[1]}}"}""");

        (await RepliesAsync("15550000001", 2)).Count.ShouldBe(2);
        var item = await HistoryAsync((await ConversationAsync("15550000001")).Text("id"), 2);
        (item.Text("path"), item.Text("ruleId"), item.GetProperty("confidence").GetDouble()).ShouldBe(("rule", top[1], 1));

        (await SendAsync(HttpMethod.Get, "/api/smartbot/history?instance=shop&path=menu&limit=1")).Items().Single().Text("batchId").ShouldBe(offered.Text("batchId"));
    }

    [Fact]
    public async Task Text_ThatNoRuleKnows_GetsTheFallbackAndIsSuggested()
    {
        await TeachAsync();
        await TypeAsync("15550000001", "zebra giraffe quantum elephants");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("We will write back.");

        await UntilAsync(async () => (await SendAsync(HttpMethod.Get, "/api/smartbot/suggestions?instance=shop")).Items().Count == 1, "a suggestion");
        var suggestion = (await SendAsync(HttpMethod.Get, "/api/smartbot/suggestions?instance=shop")).Items().Single();
        suggestion.GetProperty("phrases")[0].GetString().ShouldBe("zebra giraffe quantum elephants");
        var rule = await SendAsync(HttpMethod.Post, $"/api/smartbot/suggestions/{suggestion.Text("id")}/accept", """{"rule":{"name":"zoo","reply":"No animals."}}""");
        rule.Text("name").ShouldBe("zoo");
        await LearntAsync(2);
        await TypeAsync("15550000002", "zebra giraffe quantum elephants");
        (await RepliesAsync("15550000002", 1)).Single().ShouldBe("No animals.");
    }

    [Fact]
    public async Task Stop_IsHonouredAtOnce_UntilTheCustomerComesBack()
    {
        await TeachAsync();
        await TypeAsync("15550000001", "STOP");
        (await ConversationAsync("15550000001")).GetProperty("optedOutAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await SendAsync(HttpMethod.Post, "/api/smartbot/test", """{"instance":"shop","text":"STOP"}""")).Text("path").ShouldBe("blocked");
        await UntilAsync(async () => (await BatchesAsync("15550000001")).Exists(batch => batch.Text("outcome") == "optedOut"), "the batch ended unanswered");

        await TypeAsync("15550000001", "START");
        await TypeAsync("15550000001", "what are your opening hours");

        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("We open from 9 to 17.");
        (await ConversationAsync("15550000001")).TryGetProperty("optedOutAt", out var gone).ShouldBe(gone.ValueKind is JsonValueKind.Null);
    }

    [Fact]
    public async Task Nothing_ThatAnswers_HandsOverAndPauses()
    {
        await SendAsync(HttpMethod.Patch, "/api/instances/shop",
            """{"fallbackText":"","smartBot":{"handOver":true,"handOverText":"A colleague will answer, {{name|friend}}.","handOverMinutes":30}}""");
        await TypeAsync("15550000001", "I have a long story to tell");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("A colleague will answer, Sara.");
        (await ConversationAsync("15550000001")).GetProperty("paused").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Model_Answers_AskedWithoutPrivateDataAndWithinItsBudget()
    {
        await using var stub = await StubModel.StartAsync();
        stub.Says = """Here you are: {"response":"Which e-mail?","needsDataCollection":true,"requestedFields":["email"]}""";
        await SendAsync(HttpMethod.Patch, "/api/instances/shop",
            """{"aiApiKey":"secret-key","smartBot":{"ai":{"baseUrl":"STUB","model":"m","systemPrompt":"You are kind.","dailyBudget":1}}}"""
                .Replace("STUB", stub.Address, StringComparison.Ordinal));
        (await SendAsync(HttpMethod.Get, "/api/instances/shop")).GetRawText().ShouldNotContain("secret-key");

        await TypeAsync("15550000001", "Sara here, my number is 15550000001, I need an invoice");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("Which e-mail?");
        var conversation = await ConversationAsync("15550000001");
        conversation.GetProperty("needsDataCollection").GetBoolean().ShouldBeTrue();
        conversation.GetProperty("requestedFields")[0].GetString().ShouldBe("email");
        var sent = stub.Bodies.ShouldHaveSingleItem();
        sent.ShouldContain("You are kind.");
        sent.ShouldContain("invoice");
        sent.ShouldNotContain("15550000001");
        sent.ShouldNotContain("Sara");
        stub.Keys.ShouldAllBe(key => key == "Bearer secret-key");

        await TypeAsync("15550000002", "another question of somebody");
        (await RepliesAsync("15550000002", 1)).Single().ShouldBe("We will write back.");
        stub.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Embedder_ThatHangs_LeavesTheWordsToDecide()
    {
        await using var stub = await StubModel.StartAsync();
        await SendAsync(HttpMethod.Patch, "/api/instances/shop", """{"smartBot":{"embedder":{"baseUrl":"STUB","model":"e"}}}"""
            .Replace("STUB", stub.Address, StringComparison.Ordinal));
        await TeachAsync();
        stub.Bodies.ShouldNotBeEmpty();
        await TypeAsync("15550000001", "Sara asks: what are your opening hours? call 15550000001");
        await TypeAsync("15550000001", "what are your opening hours");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("We open from 9 to 17.");
        Match(await HistoryAsync((await ConversationAsync("15550000001")).Text("id"))).ShouldEndWith("by words and vectors");

        stub.Hangs = true;
        await TypeAsync("15550000002", "I WANT to return my order!");
        (await RepliesAsync("15550000002", 1)).Single().ShouldBe("Bring it back.");
        Match(await HistoryAsync((await ConversationAsync("15550000002")).Text("id"))).ShouldEndWith("the embedder did not answer");

        stub.Bodies.ShouldContain(body => body.Contains("opening hours", StringComparison.Ordinal));
        stub.Bodies.ShouldAllBe(body => !body.Contains("15550000001", StringComparison.Ordinal) && !body.Contains("Sara", StringComparison.Ordinal));

        static string Match(JsonElement item) => item.GetProperty("steps").EnumerateArray().Single(step => step.Text("name") == "match").Text("result");
    }

    [Fact]
    public async Task Ollama_EmbedsAndAnswers_AndEachVectorIsAskedForOnce()
    {
        await using var stub = await StubModel.StartAsync();
        stub.Says = "Ask the baker.";
        await SendAsync(HttpMethod.Patch, "/api/instances/shop", """{"smartBot":{"embedder":{"kind":"ollama","baseUrl":"STUB","model":"e"},"ai":{"kind":"ollama","baseUrl":"STUB","model":"m"}}}"""
            .Replace("STUB", stub.Address, StringComparison.Ordinal));
        await TeachAsync();
        await TypeAsync("15550000001", "what are your opening hours");
        (await RepliesAsync("15550000001", 1)).Single().ShouldBe("We open from 9 to 17.");
        await TypeAsync("15550000002", "zebra giraffe quantum elephants");
        (await RepliesAsync("15550000002", 1)).Single().ShouldBe("Ask the baker.");

        // What was embedded once is not asked for again when more is learnt.
        await SendAsync(HttpMethod.Post, "/api/smartbot/rules", """{"instance":"shop","name":"cakes","reply":"We bake.","phrases":["do you bake wedding cakes"]}""");
        await LearntAsync(2);
        string[] asked = [.. stub.Bodies.Where(body => body.Contains("\"input\"", StringComparison.Ordinal))
            .SelectMany(body => JsonDocument.Parse(body).RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToList())];
        asked.Count(text => text == "do you deliver to my house").ShouldBe(1);
        asked.ShouldContain("do you bake wedding cakes");
    }

    [Fact]
    public async Task Rules_AreMadeChangedListedAndDeleted()
    {
        await TeachAsync();
        var id = await RuleIdAsync("hours");
        (await SendAsync(HttpMethod.Put, $"/api/smartbot/rules/{id}", """{"reply":"New hours.","priority":5}""")).GetProperty("priority").GetInt32().ShouldBe(5);
        var read = await SendAsync(HttpMethod.Get, $"/api/smartbot/rules/{id}");
        (read.Text("reply"), read.GetProperty("phrases").GetArrayLength()).ShouldBe(("New hours.", 6));
        (await StatusAsync(HttpMethod.Post, "/api/smartbot/rules", """{"instance":"shop","name":"x","phrases":["a"],"reply":"{{#if a}}"}""")).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(HttpMethod.Post, "/api/smartbot/rules", """{"instance":"none","name":"x","phrases":["a"],"reply":"b"}""")).ShouldBe(HttpStatusCode.NotFound);
        var first = await SendAsync(HttpMethod.Get, "/api/smartbot/rules?instance=shop&limit=2");
        first.Items().Count.ShouldBe(2);
        (await SendAsync(HttpMethod.Get, $"/api/smartbot/rules?instance=shop&cursor={first.Text("nextCursor")}")).Items().Count.ShouldBe(1);
        var csv = await Client.GetStringAsync("/api/smartbot/rules/export?instance=shop&format=csv");
        (await StatusAsync(HttpMethod.Delete, $"/api/smartbot/rules/{id}", null)).ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Post, "/api/smartbot/rules/import?instance=shop&format=csv", csv)).GetProperty("added").GetInt32().ShouldBe(1);
        (await SendAsync(HttpMethod.Get, "/api/smartbot/rules?instance=shop")).Items().Count.ShouldBe(3);
        (await StatusAsync(HttpMethod.Post, "/api/smartbot/rules/import?instance=shop", "{")).ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, "/api/smartbot/model/rollback", """{"instance":"shop","version":1}""")).GetProperty("training").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_OfARoleOrAnotherInstance_SeeAndDoNoMore()
    {
        await TeachAsync();
        await SendAsync(HttpMethod.Post, "/api/instances", """{"name":"other","provider":"generic"}""");
        using var viewer = await KeyAsync("viewer", "shop");
        using var stranger = await KeyAsync("operator", "other");
        var id = await RuleIdAsync("hours");

        (await viewer.GetAsync("/api/smartbot/rules?instance=shop")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await viewer.DeleteAsync($"/api/smartbot/rules/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.PostAsync("/api/smartbot/test", Json("""{"instance":"shop","text":"a"}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await stranger.GetAsync($"/api/smartbot/rules/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.DeleteAsync($"/api/smartbot/rules/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsync("/api/smartbot/test", Json("""{"instance":"shop","text":"a"}"""))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonDocument.Parse(await stranger.GetStringAsync("/api/smartbot/rules")).RootElement.Items().ShouldBeEmpty();
        JsonDocument.Parse(await stranger.GetStringAsync("/api/smartbot/history?instance=shop")).RootElement.Items().ShouldBeEmpty();
        (await stranger.PatchAsync("/api/instances/other", Json("""{"smartBot":{"menu":false}}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(HttpMethod.Patch, "/api/instances/shop", """{"smartBot":{"ai":{"baseUrl":"file:///etc/passwd","model":"m"}}}""")).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(HttpMethod.Patch, "/api/instances/shop", """{"smartBot":{"answerConfidence":0.1}}""")).ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task TeachAsync()
    {
        await SendAsync(HttpMethod.Post, "/api/smartbot/rules", """
            {"instance":"shop","name":"hours","reply":"We open from 9 to 17.","replies":{"ar":"من 9 الى 17"},
             "phrases":["when do you open","what are your opening hours","at what time do you close","متى تفتحون","ما هي ساعات العمل","متى تقفلون المحل"]}
            """);
        await SendAsync(HttpMethod.Post, "/api/smartbot/rules", """
            {"instance":"shop","name":"delivery","reply":"Delivery is free.","replies":{"ar":"التوصيل مجاني"},
             "phrases":["how much is delivery","do you deliver to my house","delivery price","كم سعر التوصيل","هل عندكم توصيل","التوصيل بكم"]}
            """);
        await SendAsync(HttpMethod.Post, "/api/smartbot/rules", """
            {"instance":"shop","name":"returns","reply":"Bring it back.",
             "phrases":["I want to return my order","can I get my money back","how do I send it back","اريد ارجاع الطلب","كيف استرجع فلوسي","ابغى ارجع المنتج"]}
            """);
        await LearntAsync(1);
    }

    private Task LearntAsync(int version) => UntilAsync(async () =>
    {
        var model = await SendAsync(HttpMethod.Get, "/api/smartbot/model?instance=shop");
        return model.GetProperty("modelVersion").GetInt64() >= version && !model.GetProperty("training").GetBoolean();
    }, $"version {version} of the model");

    private async Task TypeAsync(string phone, string text)
    {
        await SendAsync(HttpMethod.Put, $"/api/sandbox/shop/phones/{phone}", """{"name":"Sara"}""");
        await SendAsync(HttpMethod.Post, $"/api/sandbox/shop/phones/{phone}/messages", JsonSerializer.Serialize(new { text }));
    }

    private async Task<List<string>> RepliesAsync(string phone, int count)
    {
        List<string> replies = [];
        await UntilAsync(async () =>
        {
            var screen = await SendAsync(HttpMethod.Get, $"/api/sandbox/shop/phones/{phone}/messages");
            replies = [.. screen.Items().Where(shown => !shown.GetProperty("fromCustomer").GetBoolean()).Select(shown => shown.Text("text"))];
            return replies.Count >= count;
        }, $"{count} replies on {phone}");
        return replies;
    }

    private Task<JsonElement> ConversationAsync(string phone) => SendAsync(HttpMethod.Get, $"/api/conversations/by-phone?instance=shop&phone={phone}");

    private async Task<List<JsonElement>> BatchesAsync(string phone) =>
        (await SendAsync(HttpMethod.Get, $"/api/conversations/{(await ConversationAsync(phone)).Text("id")}/batches")).Items();

    /// <summary>The newest completed of so many.</summary>
    private async Task<JsonElement> HistoryAsync(string conversationId, int count = 1)
    {
        List<JsonElement> items = [];
        await UntilAsync(async () =>
        {
            items = (await SendAsync(HttpMethod.Get, $"/api/smartbot/history?instance=shop&conversationId={conversationId}")).Items();
            return items.Count(item => item.Text("status") == "completed") >= count;
        }, $"{count} entries in the history");
        return items.OrderBy(item => item.Text("batchId"), StringComparer.Ordinal).Last();
    }

    private async Task<string> RuleIdAsync(string name) =>
        (await SendAsync(HttpMethod.Get, "/api/smartbot/rules?instance=shop")).Items().Single(rule => rule.Text("name") == name).Text("id");

    private async Task<HttpClient> KeyAsync(string role, string instance)
    {
        var key = await SendAsync(HttpMethod.Post, "/api/keys", $$"""{"name":"test","role":"{{role}}","instances":["{{instance}}"]}""");
        var client = new HttpClient { BaseAddress = _server.Node.Address };
        client.DefaultRequestHeaders.Add("X-API-Key", key.Text("key"));
        return client;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        using var response = await Client.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task UntilAsync(Func<Task<bool>> good, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await good())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(60)) throw new TimeoutException($"Awaited in vain: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
