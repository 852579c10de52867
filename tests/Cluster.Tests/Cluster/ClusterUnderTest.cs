using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Streams;
using StackExchange.Redis;
using Waqtor.Cluster.Tests.Stores;
using Waqtor.Fakes;
using Waqtor.Realtime;

namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>Silos in processes of their own, a provider's gateway, and customers that write by all nodes.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    public const string Instance = "shop";

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(120);
    private static int _clusters;

    private readonly string _name;
    private readonly StoreServers _stores;
    private readonly string _archive;
    private readonly List<int> _ports = [];

    private ClusterUnderTest(StoreServers stores, string archive, FakeGateway gateway, BufferOptions buffer)
    {
        _stores = stores;
        _archive = archive;
        _name = $"c{Environment.ProcessId}-{Interlocked.Increment(ref _clusters)}";
        Gateway = gateway;
        Buffer = buffer;
        // The build beside these tests is the program under test.
        if (Environment.GetEnvironmentVariable("WAQTOR_PROGRAM") is not { Length: > 0 })
            Environment.SetEnvironmentVariable("WAQTOR_PROGRAM", Path.Combine(Repository.Root, "artifacts", "Orleans", "bin", "Silo", Configuration));
    }

    public List<WaqtorServer> Nodes { get; } = [];

    public FakeGateway Gateway { get; }

    public BufferOptions Buffer { get; }

    public Ledger Ledger { get; } = new();

    /// <summary>Posts to all nodes in turn.</summary>
    public WaqtorClient Customers { get; private set; } = null!;

    /// <summary>What the judge must forgive.</summary>
    public List<Outage> Outages { get; } = [];

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static async Task<ClusterUnderTest> StartAsync(StoreServers stores, int silos = 3, int seconds = 2, int apis = 0)
    {
        var cluster = new ClusterUnderTest(stores, await stores.CreateDatabaseAsync(), await FakeGateway.StartAsync(), new BufferOptions(Seconds: seconds));
        try
        {
            await cluster.UpAsync(silos, apis);
            return cluster;
        }
        catch
        {
            // Nobody holds it yet who could take it down.
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A customer writes; anything but 200 is tried again, as a provider does.</summary>
    public async Task WriteAsync(string phone, string id)
    {
        Ledger.Posting(id, phone);
        var body = EvolutionBody.Text(Instance, phone, id, id);
        await Eventually.TrueAsync($"message {id} to be acknowledged", TimeSpan.FromSeconds(60), async () =>
        {
            try
            {
                return await Customers.PostWebhookAsync("evolution", Instance, body) == System.Net.HttpStatusCode.OK;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        });
        Ledger.Acknowledged(id);
    }

    /// <summary>A client of the cluster, as an API node is one.</summary>
    public async Task<IHost> ConnectAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (_name, _name))
            .UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(_stores.Redis))
            .AddMemoryStreams(TopicStreams.Provider));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Listens to a topic as an API node does, and waits until a new message is hinted at.</summary>
    public async Task HearHintAsync(string topic)
    {
        using var client = await ConnectAsync();
        var heard = new TaskCompletionSource();
        await client.Services.GetRequiredService<IClusterClient>().GetStreamProvider(TopicStreams.Provider)
            .GetStream<TopicPage>(StreamId.Create(TopicStreams.Namespace, topic))
            .SubscribeAsync((_, _) =>
            {
                heard.TrySetResult();
                return Task.CompletedTask;
            });
        await WriteAsync("5511977777", $"hint-{Guid.NewGuid():N}");
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    /// <summary>Which node a silo of the cluster is.</summary>
    public int NodeOf(int siloPort) => _ports.IndexOf(siloPort);

    /// <summary>Waits until nothing is open or in flight and every batch has its reply.</summary>
    public async Task<IReadOnlyList<SeenBatch>> DrainAsync(WaqtorClient client)
    {
        SeenQueue? queue = null;
        await Eventually.TrueAsync(
            () => $"the queue to be empty; it is {queue}, and the first node wrote:\n{Nodes[0].Output}", DrainTimeout,
            async () => (queue = await client.QueueAsync()).IsIdle);
        IReadOnlyList<SeenBatch> batches = [];
        for (var attempt = 0; attempt < 60; attempt++)
        {
            batches = await client.AllBatchesAsync(Instance);
            var complete = batches.Sum(batch => batch.ProviderMessageIds.Count) >= Ledger.Acked && batches.All(batch => batch.Status != "processing");
            if (complete && Gateway.Sent.Select(send => send.Text).Distinct().Count() >= batches.Count) break;
            await Eventually.PauseAsync(TimeSpan.FromMilliseconds(500));
        }

        return batches;
    }

    public async Task<Verdict> JudgeAsync(TimeSpan grace, TimeSpan tolerance)
    {
        var batches = await DrainAsync(Nodes[0].Client);
        return TotalQueueOracle.Judge(Ledger.Messages, batches, new OracleRules
        {
            Window = Buffer.Window(),
            Count = Buffer.Messages,
            Tolerance = tolerance,
            RestartGrace = grace,
            Outages = Outages,
            Replies = [.. Gateway.Sent.Select(send => Reply.Parse(send.Text, send.ReceivedAt))],
        });
    }

    public async ValueTask DisposeAsync()
    {
        Customers?.Dispose();
        foreach (var node in Nodes) await node.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    private async Task UpAsync(int silos, int apis)
    {
        for (var i = 0; i < silos; i++) Add(apis > 0 ? "silo" : "all");
        for (var i = 0; i < apis; i++) Add("api");
        await Task.WhenAll(Nodes.Select(node => node.StartAsync()));
        var doors = Nodes.Skip(apis > 0 ? silos : 0).ToList();
        Customers = new WaqtorClient(doors[0].Url, WaqtorServer.AdminKey, webhooks: new Balancer([.. doors.Select(node => new Uri(node.Url))]));
        await doors[0].Client.CreateInstanceAsync(new InstanceOptions
        {
            Name = Instance,
            BaseUrl = Gateway.Url,
            ApiKey = "gateway-key",
            Buffer = Buffer,
            FallbackText = Reply.Template,
        });
    }

    private void Add(string role)
    {
        // All of them start at once, on whatever machine this is.
        var node = new WaqtorServer { StartTimeout = TimeSpan.FromMinutes(3) };
        var siloPort = WaqtorServer.FreePort();
        _ports.Add(siloPort);
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["Role"] = role,
            ["Cluster__RedisConnectionString"] = _stores.Redis,
            ["Cluster__Secret"] = "cluster-tests-secret",
            ["Cluster__ClusterId"] = _name,
            ["Cluster__ServiceId"] = _name,
            ["Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["Cluster__SiloPort"] = $"{siloPort}",
            ["Cluster__GatewayPort"] = $"{WaqtorServer.FreePort()}",
            ["Archive__Provider"] = "postgres",
            ["Archive__ConnectionString"] = _archive,
            ["Spool__Enabled"] = "false",
            ["Sending__MessagesPerSecond"] = "1000",
        }) node.Environment[$"Waqtor__{key}"] = value;
        Nodes.Add(node);
    }
}
