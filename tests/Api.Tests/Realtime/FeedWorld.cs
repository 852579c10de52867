using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Waqtor.Access;
using Waqtor.Api.Access;
using Waqtor.Api.Realtime;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Events;
using Waqtor.Realtime;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>A server with the instances <c>shop</c> and <c>other</c>, on a clock that the test moves.</summary>
internal sealed class FeedWorld : IAsyncDisposable
{
    private const int LingerSeconds = 31;

    private readonly HashSet<string> _topics = [];
    private int _number;

    private FeedWorld(FeedServer server) => Server = server;

    public FeedServer Server { get; }

    public ApiHost Node => Server.Node;

    public static async Task<FeedWorld> StartAsync(params (string Key, string Value)[] settings)
    {
        var world = new FeedWorld(await FeedServer.StartAsync(settings));
        foreach (var name in new[] { "shop", "other" })
        {
            using var body = new StringContent($$"""{"name":"{{name}}","provider":"sandbox"}""", System.Text.Encoding.UTF8, "application/json");
            (await world.Node.Client.PostAsync("/api/instances", body)).EnsureSuccessStatusCode();
        }

        return world;
    }

    public ITopicGrain Topic(string name)
    {
        _topics.Add(name);
        return Server.Grains.Grains.GetGrain<ITopicGrain>(name);
    }

    /// <summary>As after a start, for the next test: one node, topics that nobody listens to and that are empty.</summary>
    public async Task ResetAsync()
    {
        await Server.StopOtherNodesAsync();
        await Eventually.HappensAsync(() => Node.Get<FeedConnections>().Count == 0, "the end of the test's connections");
        await AdvanceAsync(LingerSeconds);
        foreach (var topic in _topics) await Server.Grains.DeactivateAsync(Topic(topic));
        _number = 0;
    }

    /// <summary>Publishes events numbered from 1 on, over all topics.</summary>
    public async Task PublishAsync(string topic, int count = 1, string instance = "shop", string? conversation = null, string name = "message.received", int padding = 0, EventChannel? channel = null)
    {
        for (var i = 0; i < count; i++) await Topic(topic).PublishAsync([Event(instance, conversation, name, padding, channel)]);
    }

    /// <summary>Publishes events that come to the readers as one burst; their numbers.</summary>
    public async Task<IReadOnlyList<int>> PublishBurstAsync(string topic, int count)
    {
        var events = Enumerable.Range(0, count).Select(_ => Event("shop", null, "message.received", 0, null)).ToImmutableArray();
        await Topic(topic).PublishAsync(events);
        return [.. events.Select(one => int.Parse(one.Id["evt_".Length..], CultureInfo.InvariantCulture))];
    }

    /// <summary>A fresh key of this role, bound to these instances, and its id.</summary>
    public async Task<(string Key, string Id)> KeyAsync(Role role, DateTimeOffset? expiresAt = null, params string[] instances)
    {
        var key = ApiKeySecret.New();
        var record = await Server.Grains.Grains.GetGrain<IApiKeyDirectoryGrain>(0).CreateAsync(new ApiKeyDefinition
        {
            Name = "test",
            Role = role,
            Instances = [.. instances],
            ExpiresAt = expiresAt,
            Hash = ApiKeySecret.HashHex(key),
            Prefix = key[..9],
        });
        return (key, record.Id);
    }

    /// <summary>A phone of the sandbox writes; its conversation's id.</summary>
    public async Task<string> WriteAsync(string instance, string phone, string text)
    {
        using var person = new StringContent("""{"name":"Sara"}""", System.Text.Encoding.UTF8, "application/json");
        (await Node.Client.PutAsync($"/api/sandbox/{instance}/phones/{phone}", person)).EnsureSuccessStatusCode();
        using var message = new StringContent(JsonSerializer.Serialize(new { text }), System.Text.Encoding.UTF8, "application/json");
        (await Node.Client.PostAsync($"/api/sandbox/{instance}/phones/{phone}/messages", message)).EnsureSuccessStatusCode();
        var found = await ApiHost.ReadAsync(await Node.Client.GetAsync($"/api/conversations/by-phone?instance={instance}&phone={phone}"));
        return found.GetProperty("id").GetString()!;
    }

    /// <summary>Lets time pass, second by second, each node's watch keeping up.</summary>
    public async Task AdvanceAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await Server.Grains.AdvanceAsync(TimeSpan.FromSeconds(1));
            foreach (var node in Server.Nodes) await node.Get<FeedWatch>().TickAsync();
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private DomainEvent Event(string instance, string? conversation, string name, int padding, EventChannel? channel)
    {
        var number = Interlocked.Increment(ref _number);
        return new DomainEvent
        {
            Id = $"evt_{number}",
            Name = name,
            At = Server.Grains.Clock.GetUtcNow(),
            Instance = instance,
            ConversationId = conversation,
            Channel = channel,
            NoticeJson = JsonSerializer.Serialize(new { number, padding = new string('x', padding) }),
        };
    }
}
