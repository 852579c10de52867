using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Devices;

namespace Waqtor.Api.Tests.Devices;

/// <summary>A device with a token, as the SDK would speak.</summary>
internal sealed class DeviceClient(ApiHost host, string sessionId, string token)
{
    public string Token => token;
    public FakeDeviceSession Session => host.Cluster.DeviceSession(sessionId);
    public IReadOnlyList<AcceptDeviceMessage> Stored => Session.Messages;

    public static async Task<DeviceClient> OpenAsync(ApiHost host, string deviceId = "kiosk", HttpClient? operatorClient = null)
    {
        var response = await (operatorClient ?? host.Client).PostAsJsonAsync("/api/device-sessions", new { instance = "shop", deviceId });
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var opened = await ApiHost.ReadAsync(response);
        return new DeviceClient(host, opened.GetProperty("sessionId").GetString()!, opened.GetProperty("token").GetString()!);
    }

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    public Task<HttpResponseMessage> TextAsync(string id, long sequence, string text) => PostAsync("/api/device-messages", new
    {
        id, sequence, kind = "text", text, size = Encoding.UTF8.GetByteCount(text), sha256 = Hash(Encoding.UTF8.GetBytes(text)),
    });

    public Task<HttpResponseMessage> BeginAsync(string id, long sequence, byte[] content, byte[]? packed = null, string kind = "audio") =>
        PostAsync("/api/device-messages", new
        {
            id, sequence, kind, size = content.Length, sha256 = Hash(content), encoding = packed is null ? "identity" : "gzip",
            uploadSize = (packed ?? content).Length,
        });

    public Task<HttpResponseMessage> ChunkAsync(string id, long offset, byte[] chunk) => SendAsync(
        HttpMethod.Put, $"/api/device-messages/{id}/chunks/{offset}",
        new ByteArrayContent(chunk) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } });

    public Task<HttpResponseMessage> CompleteAsync(string id) => PostAsync($"/api/device-messages/{id}/complete", new { });

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Provider.SendAsync(request);
    }

    public static async Task<string> StatusAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await ApiHost.ReadAsync(response)).GetProperty("status").GetString()!;
    }

    public static async Task<string> CodeAsync(HttpResponseMessage response) => (await ApiHost.ReadAsync(response)).GetProperty("code").GetString()!;

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await ApiHost.ReadAsync(response);
    }
}
