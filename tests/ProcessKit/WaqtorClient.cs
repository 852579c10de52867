using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waqtor.ProcessKit;

/// <summary>A plain HTTP client of the API: what an integrator would write in an afternoon.</summary>
public sealed class WaqtorClient : IDisposable
{
    private const int PageSize = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpClient _api;
    private readonly HttpClient _webhooks;

    /// <param name="url">The server.</param>
    /// <param name="key">An API key.</param>
    /// <param name="connections">Connections that post webhooks.</param>
    /// <param name="webhooks">How webhooks are sent, where that is not straight to the server.</param>
    public WaqtorClient(string url, string key, int connections = 64, HttpMessageHandler? webhooks = null)
    {
        _api = new HttpClient(Handler(16)) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        _api.DefaultRequestHeaders.Add("X-API-Key", key);
        _webhooks = new HttpClient(webhooks ?? Handler(connections)) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(20) };
    }

    public async Task CreateInstanceAsync(InstanceOptions options)
    {
        using var answer = await _api.PostAsJsonAsync("/api/instances", options, Json);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"POST /api/instances: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Posts a webhook as the provider would; the answer's status is all a provider looks at.</summary>
    public async Task<HttpStatusCode> PostWebhookAsync(
        string provider, string instance, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        using var answer = await SendWebhookAsync(provider, instance, body, cancellationToken: cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>As above, with headers, for those who look at more than the status.</summary>
    public async Task<HttpResponseMessage> SendWebhookAsync(
        string provider, string instance, ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, string>? headers = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/inbound/{provider}/{instance}")
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            request.Headers.TryAddWithoutValidation(name, value);
        return await _webhooks.SendAsync(request, cancellationToken);
    }

    public Task<IReadOnlyList<SeenConversation>> ConversationsAsync(string instance, string? phone = null) =>
        AllAsync<SeenConversation>($"/api/conversations?instance={instance}" + (phone is null ? "" : $"&phone={phone}"));

    public async Task<SeenConversation?> ConversationAsync(string instance, string phone) =>
        (await ConversationsAsync(instance, phone)).SingleOrDefault();

    public Task<IReadOnlyList<SeenBatch>> BatchesAsync(string conversationId) =>
        AllAsync<SeenBatch>($"/api/conversations/{conversationId}/batches");

    public Task<IReadOnlyList<SeenMessage>> MessagesAsync(string conversationId) =>
        AllAsync<SeenMessage>($"/api/conversations/{conversationId}/messages");

    /// <summary>Every batch of an instance: the conversations are asked one by one, a few at a time.</summary>
    public async Task<IReadOnlyList<SeenBatch>> AllBatchesAsync(string instance)
    {
        var conversations = await ConversationsAsync(instance);
        var batches = new IReadOnlyList<SeenBatch>[conversations.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, conversations.Count),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (index, _) => batches[index] = await BatchesAsync(conversations[index].Id));
        return [.. batches.SelectMany(list => list)];
    }

    public async Task<SeenQueue> QueueAsync() => (await GetAsync<SeenQueue>("/api/queue/stats"))!;

    public Task<IReadOnlyList<SeenBatch>> DeadLettersAsync() => AllAsync<SeenBatch>("/api/queue/dead-letters");

    public Task<T?> GetAsync<T>(string path) => _api.GetFromJsonAsync<T>(path, Json);

    public Task<HttpResponseMessage> GetAsync(string path) => _api.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, object body) => _api.PostAsJsonAsync(path, body, Json);

    public void Dispose()
    {
        _api.Dispose();
        _webhooks.Dispose();
    }

    private async Task<IReadOnlyList<T>> AllAsync<T>(string path)
    {
        var items = new List<T>();
        string? cursor = null;
        do
        {
            var page = await GetAsync<ListPage<T>>(
                $"{path}{(path.Contains('?') ? '&' : '?')}limit={PageSize}" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"));
            items.AddRange(page!.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return items;
    }

    private static SocketsHttpHandler Handler(int connections) => new()
    {
        MaxConnectionsPerServer = connections,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        UseProxy = false,
    };
}
