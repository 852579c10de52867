using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waqtor.Access;
using Waqtor.Api.Problems;

namespace Waqtor.Api.Access;

/// <summary>
/// Gives a repeated write with the same <c>Idempotency-Key</c> its first answer. It is a middleware and not an endpoint
/// filter because it must see the raw body before and the raw answer after the endpoint. Answers of 5xx and 429 are not
/// kept: there the write did not happen and may be tried again.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IGrainFactory grains)
{
    public const string HeaderName = "Idempotency-Key";
    public const int KeyCharactersMax = 255;
    private const int RequestBytesMax = 1024 * 1024;
    private const int AnswerBytesMax = 1024 * 1024;

    public Task InvokeAsync(HttpContext context) =>
        IsRead(context.Request.Method)
        || !context.Request.Headers.TryGetValue(HeaderName, out var key)
        || Caller.Of(context) is not { } caller
        || context.GetEndpoint() is null
            ? next(context)
            : RunAsync(context, caller, key.ToString());

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private async Task RunAsync(HttpContext context, Caller caller, string key)
    {
        if (key.Length is 0 or > KeyCharactersMax)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(HeaderName, $"1 to {KeyCharactersMax} characters."));
            return;
        }

        if (await ReadBodyAsync(context) is not { } body)
        {
            await ProblemWriter.WriteAsync(context, StatusProblems.For(413));
            return;
        }

        var hash = Hash(context.Request, body);
        var grain = grains.GetGrain<IIdempotencyGrain>($"{caller.KeyId}/{key}");
        var known = await grain.BeginAsync(hash);
        switch (known.State)
        {
            case IdempotencyState.New:
                await RunOnceAsync(context, grain, hash);
                return;
            case IdempotencyState.Completed:
                await RepeatAsync(context, known);
                return;
            case IdempotencyState.InProgress:
                await ProblemWriter.WriteAsync(context, new(409, ProblemCode.IdempotencyInProgress,
                    "The same request is being worked on now.")
                { RetryAfterSeconds = 1 });
                return;
            default:
                await ProblemWriter.WriteAsync(context, new(422, ProblemCode.IdempotencyMismatch,
                    "This Idempotency-Key was used with another request."));
                return;
        }
    }

    private async Task RunOnceAsync(HttpContext context, IIdempotencyGrain grain, string hash)
    {
        var client = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        catch
        {
            context.Response.Body = client;
            await grain.AbandonAsync(hash);
            throw;
        }

        context.Response.Body = client;
        var status = context.Response.StatusCode;
        if (status is >= 500 or 429 || answer.Length > AnswerBytesMax) await grain.AbandonAsync(hash);
        else await grain.CompleteAsync(hash, status, context.Response.ContentType, Keepable(context, answer));
        answer.Position = 0;
        await answer.CopyToAsync(client, context.RequestAborted);
    }

    private static async Task RepeatAsync(HttpContext context, IdempotencyAnswer known)
    {
        context.Response.StatusCode = known.StatusCode;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        if (known.ContentType is not null) context.Response.ContentType = known.ContentType;
        if (known.Body is { Length: > 0 } body) await context.Response.WriteAsync(body, context.RequestAborted);
    }

    // A secret that is shown once is not shown again, and not kept readable for the time that answers are.
    private static string Keepable(HttpContext context, MemoryStream answer)
    {
        var text = Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotentAnswer>() is not { } secret || context.Response.StatusCode >= 300) return text;
        var json = JsonNode.Parse(text)!.AsObject();
        json[secret.SecretMember] = null;
        return json.ToJsonString();
    }

    // Null: too long to be remembered.
    private static async Task<MemoryStream?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > RequestBytesMax) return null;
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + count > RequestBytesMax) return null;
            body.Write(buffer, 0, count);
        }

        body.Position = 0;
        context.Request.Body = body;
        return body;
    }

    private static string Hash(HttpRequest request, MemoryStream body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Path}{request.QueryString}\n")));
        hash.AppendData(body.GetBuffer(), 0, (int)body.Length);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
