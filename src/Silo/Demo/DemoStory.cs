namespace Waqtor.Silo.Demo;

/// <summary>The demo's plot: a burst of five ends with its fifth line, a burst of three ends 8 seconds after its first.</summary>
internal sealed class DemoStory(DemoClient client, TimeProvider clock, TextWriter output)
{
    private const string Instance = "demo";
    private const int PhoneLatencyMilliseconds = 40;
    private const string FallbackText = "Thank you {{name}}, we got {{messageCount}} lines: {{text}}";

    private static readonly TimeSpan PauseBetweenLines = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    public async Task<bool> PlayAsync(Uri address)
    {
        var startedAt = clock.GetTimestamp();
        output.WriteLine($"WaQtor demo: a server on {address}, a simulated WhatsApp, two customers. All that follows goes over HTTP.");
        await client.CreateInstanceAsync(Instance, FallbackText);
        await client.SlowDownAsync(Instance, PhoneLatencyMilliseconds);
        var timeline = new Timeline(output);
        var checks = new DemoChecks(output);

        output.WriteLine();
        output.WriteLine("Sara types five lines. The fifth ends the burst at once.");
        var five = await PlayBurstAsync("15550001111", "Sara", ["Hello!", "Are you open today?", "I need two cakes", "one chocolate, one lemon", "for 5 pm please"]);
        timeline.Print(five);

        output.WriteLine();
        output.WriteLine("Omar types three lines and stops. The burst ends 8 seconds after its first line, not after its last.");
        var three = await PlayBurstAsync("15550002222", "عمر", ["مرحبا", "هل الطلب جاهز؟", "رقمه 1042"]);
        timeline.Print(three);

        output.WriteLine();
        checks.CheckBurst("Sara", five, "count");
        checks.CheckEndedWithItsLastLine("Sara", five);
        checks.CheckBurst("Omar", three, "due");
        checks.CheckEndedAtItsDueTime("Omar", three);

        output.WriteLine();
        output.WriteLine(checks.Failed == 0
            ? $"Done in {clock.GetElapsedTime(startedAt).TotalSeconds:0.0} s: 8 messages in, 2 batches, 2 replies out."
            : $"{checks.Failed} check(s) failed.");
        return checks.Failed == 0;
    }

    private async Task<Burst> PlayBurstAsync(string phone, string name, string[] texts)
    {
        await client.CreatePhoneAsync(Instance, phone, name);
        var lines = new List<TypedLine>();
        foreach (var text in texts)
        {
            if (lines.Count > 0) await Task.Delay(PauseBetweenLines, clock);
            lines.Add(await client.TypeAsync(Instance, phone, text));
        }

        var conversation = await WaitForAsync("the conversation", () => client.FindConversationAsync(Instance, phone));
        var reply = await WaitForAsync("a reply that is read", async () =>
            (await client.ListMessagesAsync(conversation)).FirstOrDefault(message => message is { Direction: "outbound", Status: "read" }));
        var batch = await WaitForAsync("a completed batch", async () =>
            (await client.ListBatchesAsync(conversation)).FirstOrDefault(batch => batch.Status == "completed"));
        var inbound = (await client.ListMessagesAsync(conversation)).Where(message => message.Direction == "inbound").ToList();
        return new Burst(lines, batch, inbound, reply);
    }

    private async Task<T> WaitForAsync<T>(string what, Func<Task<T?>> look) where T : class
    {
        var startedAt = clock.GetTimestamp();
        while (clock.GetElapsedTime(startedAt) < WaitMax)
        {
            if (await look() is { } found) return found;
            await Task.Delay(PauseBetweenLooks, clock);
        }

        throw new DemoException($"waited {WaitMax.TotalSeconds:0} s for {what}");
    }
}
