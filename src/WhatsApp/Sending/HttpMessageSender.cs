using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>The frame of every sender over HTTP: build, post, and turn the answer into one of the five outcomes.</summary>
public abstract partial class HttpMessageSender(ProviderKind provider, ProviderHttp http, IOptions<WhatsAppOptions> options, ILogger logger) : IMessageSender
{
    private const int TextCharactersMax = 1_024;

    /// <inheritdoc />
    public ProviderKind Provider { get; } = provider;

    private protected WhatsAppOptions Options { get; } = options.Value;

    /// <inheritdoc />
    public async Task<SendResult> SendTextAsync(InstanceConfiguration instance, SendRequest request, CancellationToken cancellationToken)
    {
        var post = BuildText(instance, request);
        SendResult result;
        if (post.Problem is { } problem)
        {
            result = Failed(request, SendOutcome.Final, new MessageError("configuration", problem));
        }
        else
        {
            var answer = await http.PostAsync(Provider, post, cancellationToken);
            result = answer.Status is { } status ? Judge(instance, request, answer, status) : Unanswered(request, answer);
        }

        Log(result, instance.Name);
        return result;
    }

    private protected abstract ProviderRequest BuildText(InstanceConfiguration instance, SendRequest request);

    /// <summary>Null: the answer is not the one of a message taken.</summary>
    private protected abstract SentMessage? ReadSent(JsonElement answer, SendRequest request);

    /// <summary>The error an answer holds; null: it holds none. Its code is one of <see cref="ProviderErrorTable"/> where it can be.</summary>
    private protected abstract MessageError? ReadError(JsonElement answer);

    /// <summary>True where a 2xx with nothing in it is a promise kept.</summary>
    private protected virtual bool EmptyAnswerIsSent => false;

    private SendResult Judge(InstanceConfiguration instance, SendRequest request, ProviderAnswer answer, HttpStatusCode status)
    {
        var isSuccess = (int)status is >= 200 and <= 299;
        if (isSuccess && EmptyAnswerIsSent && answer.Body is { Length: 0 }) return Sent(request, default);

        using var document = Open(answer.Body);
        if (document is null && isSuccess) return Unreadable(request);
        var root = document?.RootElement ?? default;
        var error = ReadError(root);
        if (isSuccess && error is null)
            return ReadSent(root, request) is { } sent ? Sent(request, sent) : Unreadable(request);

        var sorted = ProviderErrorTable.Sort(Provider, error?.Code, status);
        return Failed(request, sorted.Outcome, Describe(error, sorted, status, instance.Credentials)) with
        {
            RetryAfter = answer.RetryAfter,
            ContactOnly = sorted.ContactOnly,
        };
    }

    private static SendResult Unanswered(SendRequest request, ProviderAnswer answer) => answer.MayHaveBeenSent
        ? Failed(request, SendOutcome.Ambiguous, new MessageError(answer.FailureCode, "The provider's answer was lost after the request went out."))
        : Failed(request, SendOutcome.Retry, new MessageError(answer.FailureCode, "The provider could not be reached."));

    private static SendResult Unreadable(SendRequest request) => Failed(request, SendOutcome.Ambiguous,
        new MessageError("unreadable_answer", "The provider accepted the request with an answer that cannot be read."));

    private JsonDocument? Open(ReadOnlyMemory<byte>? body)
    {
        if (body is not { Length: > 0 } bytes) return null;
        try
        {
            return BodyJson.Open(bytes, Options.JsonDepthMax);
        }
        catch (DeliveryFormatException)
        {
            return null;
        }
    }

    // The code stays the provider's where the table knows it; credentials that a provider quotes back are taken out.
    private static MessageError Describe(MessageError? error, ProviderError sorted, HttpStatusCode status, InstanceCredentials credentials)
    {
        var number = (int)status;
        var title = error?.Title is { Length: > 0 } given ? given : number is >= 300 and <= 399
            ? "The provider answered with a redirect, which is not followed. Correct the instance's baseUrl."
            : $"The provider answered {number}.";
        var code = sorted.IsAuth ? ProviderErrorTable.AuthCode
            : error?.Code ?? (number is >= 300 and <= 399 ? "redirect" : $"http_{StatusWord.Number(number)}");
        var details = sorted.IsAuth && error?.Code is { } original ? $"{original}: {error.Details ?? title}" : error?.Details;
        return new MessageError(code, Redact(title, credentials)!, Redact(details, credentials));
    }

    private static string? Redact(string? text, InstanceCredentials credentials)
    {
        if (text is null) return null;
        foreach (var secret in (ReadOnlySpan<string?>)[credentials.AccessToken, credentials.ApiKey, credentials.AppSecret, credentials.WebhookSecret, credentials.VerifyToken])
        {
            if (!string.IsNullOrEmpty(secret)) text = text.Replace(secret, "…", StringComparison.Ordinal);
        }

        return text.Length <= TextCharactersMax ? text : text[..TextCharactersMax];
    }

    private static SendResult Sent(SendRequest request, SentMessage sent) => new()
    {
        MessageId = request.MessageId,
        Attempt = request.Attempt,
        Outcome = SendOutcome.Sent,
        ProviderMessageId = sent.ProviderMessageId,
        Contact = sent.Contact,
    };

    private static SendResult Failed(SendRequest request, SendOutcome outcome, MessageError error) => new()
    {
        MessageId = request.MessageId,
        Attempt = request.Attempt,
        Outcome = outcome,
        Error = error,
    };

    private void Log(SendResult result, string instance)
    {
        if (result.Outcome == SendOutcome.Sent) LogSent(logger, result.MessageId, instance, result.Attempt);
        else LogNotSent(logger, result.MessageId, instance, result.Attempt, result.Outcome, result.Error?.Code);
    }

    [LoggerMessage(3001, LogLevel.Debug, "Message {MessageId} of {Instance} was sent (attempt {Attempt}).")]
    private static partial void LogSent(ILogger logger, string messageId, string instance, int attempt);

    [LoggerMessage(3002, LogLevel.Warning, "Message {MessageId} of {Instance} was not sent (attempt {Attempt}): {Outcome}, {Code}.")]
    private static partial void LogNotSent(ILogger logger, string messageId, string instance, int attempt, SendOutcome outcome, string? code);
}
