using System.Net;
using Waqtor.Fakes;
using Waqtor.Process.Tests.Load;
using Waqtor.Process.Tests.Oracle;
using Waqtor.ProcessKit;

namespace Waqtor.Process.Tests;

/// <summary>A server with one Evolution instance whose replies name the messages they answer, and its gateway.</summary>
public sealed class Shop : IAsyncDisposable
{
    public const string Instance = "shop";

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(90);

    private readonly bool _replies;

    private Shop(WaqtorServer server, FakeGateway gateway, BufferOptions buffer, bool replies)
    {
        _replies = replies;
        Server = server;
        Gateway = gateway;
        Buffer = buffer;
    }

    public WaqtorServer Server { get; }

    public FakeGateway Gateway { get; }

    public BufferOptions Buffer { get; }

    public Ledger Ledger { get; } = new();

    public WaqtorClient Client => Server.Client;

    /// <summary>Opens the shop; <paramref name="replies"/> false leaves the bot without a text to answer with.</summary>
    public static async Task<Shop> OpenAsync(
        int seconds = 8, bool replies = true, string? dataPath = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var shop = new Shop(new WaqtorServer(dataPath), await FakeGateway.StartAsync(), new BufferOptions(Seconds: seconds), replies);
        // Replies come faster here than one number may send; the limit has tests of its own.
        shop.Server.Environment["Waqtor__Sending__MessagesPerSecond"] = "1000";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            shop.Server.Environment[name] = value;
        await shop.Server.StartAsync();
        await shop.Client.CreateInstanceAsync(new InstanceOptions
        {
            Name = Instance,
            BaseUrl = shop.Gateway.Url,
            ApiKey = "gateway-key",
            Buffer = shop.Buffer,
            FallbackText = replies ? Reply.Template : "",
        });
        return shop;
    }

    /// <summary>A customer writes; the answer's status is handed back, and remembered when it is 200.</summary>
    public async Task<HttpStatusCode> WriteAsync(
        string phone, string id, WaqtorClient? client = null, CancellationToken cancellationToken = default)
    {
        Ledger.Posting(id, phone);
        var status = await (client ?? Client).PostWebhookAsync("evolution", Instance, EvolutionBody.Text(Instance, phone, id, id), cancellationToken);
        if (status == HttpStatusCode.OK)
            Ledger.Acknowledged(id);
        return status;
    }

    /// <summary>As <see cref="WriteAsync"/>, for when anything but 200 is a failure.</summary>
    public async Task WriteOkAsync(string phone, string id) => (await WriteAsync(phone, id)).ShouldBe(HttpStatusCode.OK);

    /// <summary>The batches of a customer, oldest first; none while the customer is unknown.</summary>
    public async Task<IReadOnlyList<SeenBatch>> BatchesAsync(string phone) =>
        await Client.ConversationAsync(Instance, phone) is { } conversation ? await Client.BatchesAsync(conversation.Id) : [];

    /// <summary>The replies that customers have on their phones.</summary>
    public IReadOnlyList<Reply> Replies => [.. Gateway.Sent.Select(send => Reply.Parse(send.Text, send.ReceivedAt))];

    /// <summary>Waits until nothing is open or in flight and every batch that is answered has its reply.</summary>
    public async Task<IReadOnlyList<SeenBatch>> DrainAsync()
    {
        SeenQueue? queue = null;
        await Eventually.TrueAsync(
            () => $"the queue to be empty; it is {queue}, and the program wrote:\n{Server.Output}", DrainTimeout,
            async () => (queue = await Client.QueueAsync()).IsIdle);
        IReadOnlyList<SeenBatch> batches = [];
        // What is missing after this wait is for the judge to name.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            batches = await Client.AllBatchesAsync(Instance);
            var complete = batches.Sum(batch => batch.ProviderMessageIds.Count) >= Ledger.Acked
                && batches.All(batch => batch.Status != "processing") && (await Client.QueueAsync()).IsIdle;
            if (complete && (!_replies || Answered() >= batches.Count)) break;
            await Eventually.PauseAsync(TimeSpan.FromMilliseconds(500));
        }
        return batches;
    }

    /// <summary>Drains and judges.</summary>
    public async Task<Verdict> JudgeAsync(Func<OracleRules, OracleRules>? change = null) => Judge(await DrainAsync(), change);

    public Verdict Judge(IReadOnlyList<SeenBatch> batches, Func<OracleRules, OracleRules>? change = null)
    {
        var rules = new OracleRules
        {
            Window = Buffer.Window(),
            Count = Buffer.Messages,
            Outages = Server.Outages,
            Replies = Replies,
        };
        return TotalQueueOracle.Judge(Ledger.Messages, batches, change?.Invoke(rules) ?? rules);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    private int Answered() => Gateway.Sent.Select(send => send.Text).Distinct().Count();
}
