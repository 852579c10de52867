using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Waqtor.SmartBot;

/// <summary>
/// One exchange with a model's endpoint: JSON out, JSON in, never redirected, no more read than allowed. Addresses are the
/// operator's own; what is sent and what comes back is never logged.
/// </summary>
public sealed class EndpointHttp(IHttpClientFactory clients, IOptions<SmartBotOptions> options)
{
    public const string ClientName = "waqtor-smartbot";
    private const int DepthMax = 64;

    /// <exception cref="EndpointException">The endpoint could not be reached, refused, or did not answer in JSON.</exception>
    internal async Task<JsonDocument> PostAsync<TBody>(string baseUrl, string path, string? apiKey, TBody body, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(baseUrl.TrimEnd('/') + path, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new EndpointException("The address is not one of http or https.");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        if (!string.IsNullOrEmpty(apiKey)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        try
        {
            using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new EndpointException($"The endpoint answered {(int)response.StatusCode}.");
            return await ReadAsync(response, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new EndpointException($"The endpoint could not be reached ({exception.HttpRequestError}).", exception);
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new EndpointException("The endpoint's answer cannot be read.", exception);
        }
    }

    private async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > options.Value.AnswerBytesMax) throw new EndpointException("The endpoint's answer is too long.");
            buffer.Write(chunk, 0, read);
        }

        return JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length).ToArray(), new JsonDocumentOptions { MaxDepth = DepthMax });
    }
}
