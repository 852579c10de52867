using System.Net.Http.Json;
using System.Text.Json;

namespace Waqtor.Silo.Demo;

/// <summary>The few calls of the REST API that the demo makes.</summary>
internal sealed class DemoClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public DemoClient(Uri address, string adminKey, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        _http.DefaultRequestHeaders.Add("X-API-Key", adminKey);
    }

    public Task CreateInstanceAsync(string name, string fallbackText) =>
        SendAsync(HttpMethod.Post, "/api/instances", new { name, provider = "sandbox", fallbackText });

    public Task CreatePhoneAsync(string instance, string phone, string name) =>
        SendAsync(HttpMethod.Put, $"/api/sandbox/{instance}/phones/{phone}", new { name });

    /// <summary>Sends and receipts take a moment, as on a real network.</summary>
    public Task SlowDownAsync(string instance, int milliseconds) =>
        SendAsync(HttpMethod.Put, $"/api/sandbox/{instance}/faults", new { latencyMilliseconds = milliseconds });

    public async Task<TypedLine> TypeAsync(string instance, string phone, string text)
    {
        var typedAt = _clock.GetUtcNow();
        await SendAsync(HttpMethod.Post, $"/api/sandbox/{instance}/phones/{phone}/messages", new { text });
        return new TypedLine(text, typedAt, _clock.GetUtcNow());
    }

    public async Task<string?> FindConversationAsync(string instance, string phone) =>
        (await GetAsync<DemoPage<DemoConversation>>($"/api/conversations?instance={instance}&phone={phone}")).Items is [var found, ..] ? found.Id : null;

    public async Task<IReadOnlyList<DemoBatch>> ListBatchesAsync(string conversation) =>
        (await GetAsync<DemoPage<DemoBatch>>($"/api/conversations/{conversation}/batches")).Items;

    public async Task<IReadOnlyList<DemoMessage>> ListMessagesAsync(string conversation) =>
        (await GetAsync<DemoPage<DemoMessage>>($"/api/conversations/{conversation}/messages?order=asc")).Items;

    public Task<JsonElement> ReadScreenAsync(string instance, string phone) =>
        GetAsync<JsonElement>($"/api/sandbox/{instance}/phones/{phone}/messages");

    public void Dispose() => _http.Dispose();

    private async Task SendAsync<TBody>(HttpMethod method, string path, TBody body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, options: Json) };
        using var answer = await _http.SendAsync(request);
        await CheckAsync(answer, $"{method} {path}");
    }

    private async Task<T> GetAsync<T>(string path)
    {
        using var answer = await _http.GetAsync(path);
        await CheckAsync(answer, $"GET {path}");
        return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
    }

    private static async Task CheckAsync(HttpResponseMessage answer, string call)
    {
        if (answer.IsSuccessStatusCode) return;
        throw new DemoException($"{call} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
