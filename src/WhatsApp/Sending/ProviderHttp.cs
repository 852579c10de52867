using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>
/// One exchange with a provider: within the time allowed, never redirected, reading no more than allowed, and knowing
/// of every failure whether the request may have left. Throws nothing that the network or the provider can cause.
/// </summary>
public sealed class ProviderHttp(IHttpClientFactory clients, IOptions<WhatsAppOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromDays(1);

    internal static string ClientName(ProviderKind provider) => $"waqtor-whatsapp-{provider}".ToLowerInvariant();

    internal async Task<ProviderAnswer> PostAsync(ProviderKind provider, ProviderRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.SendTimeoutSeconds), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Address) { Content = request.Body };
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);

        try
        {
            var client = clients.CreateClient(ClientName(provider));
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var body = await ReadBodyAsync(response, both.Token);
            return new ProviderAnswer(response.StatusCode, body, RetryAfterOf(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException)
        {
            var code = cancellationToken.IsCancellationRequested ? "stopped" : request.Body!.Started ? "timeout" : "connect_timeout";
            return new ProviderAnswer(null, FailureCode: code, MayHaveBeenSent: request.Body!.Started);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new ProviderAnswer(null, FailureCode: CodeOf(exception, request.Body!.Started), MayHaveBeenSent: request.Body.Started);
        }
    }

    // Null when the connection broke, the time ran out or the answer is too long: the status alone must do.
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[8_192];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (buffer.Length + read > options.Value.AnswerBytesMax) return null;
                buffer.Write(chunk, 0, read);
            }

            return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static string CodeOf(Exception exception, bool started) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "name_resolution",
        HttpRequestError.SecureConnectionError => "tls",
        _ => started ? "connection_lost" : "connection_failed",
    };

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        if (wait is null) return null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > RetryAfterMax ? RetryAfterMax : wait;
    }
}
