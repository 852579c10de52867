using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Waqtor.Api.Instances;
using Waqtor.Api.Problems;
using Waqtor.Instances;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Inbound;

/// <summary>
/// The door for providers' webhooks. It takes no key: the instance's secret signs the body. The endpoint ends the
/// routing at once, past authentication and the rest, which have nothing to do here.
/// </summary>
internal sealed class InboundApi(
    InstanceCache instances, IEnumerable<IWebhookVerifier> verifiers, IngestPipeline pipeline, IngestRates rates, BodyBudget budget, InFlightGate gate,
    IngestMetrics metrics, IIdSource ids, TimeProvider clock, IOptions<IngestOptions> options)
{
    private readonly FrozenDictionary<ProviderKind, IWebhookVerifier> _verifiers = verifiers.ToFrozenDictionary(verifier => verifier.Provider);
    private readonly int _bodyBytesMax = options.Value.BodyBytesMax;

    public void Map(IEndpointRouteBuilder api)
    {
        const string Pattern = "/inbound/{provider}/{instance}";
        api.MapPost(Pattern, ReceiveAsync).WithName("ReceiveDelivery").WithSummary("Take in a provider's webhook.").WithTags("Inbound")
            // Whatever a gateway calls its JSON: the signature and the parser decide.
            .Accepts<object>(isOptional: true, "*/*")
            .Produces<DeliveryAnswer>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503)
            .ShortCircuit();
        api.MapGet(Pattern, VerifyAsync).WithName("VerifyWebhook").WithSummary("Answer Meta's verification handshake.").WithTags("Inbound")
            .Produces<string>(contentType: "text/plain").ProducesProblem(403).ProducesProblem(404)
            .ShortCircuit();
    }

    private async Task ReceiveAsync(string provider, string instance, HttpContext context)
    {
        var target = await FindAsync(provider, instance);
        if (target is null)
        {
            await RefuseAsync(context, "unknown", new(404, ProblemCode.UnknownInstance, "There is no such instance of this provider."));
            return;
        }

        // Kestrel would cut a body in chunks at its limit before the sender can read why; the limit here is the same.
        if (context.Request.ContentLength is null) context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var (body, refused) = await InboundBody.ReadAsync(
            context.Request.BodyReader, context.Request.ContentLength, _bodyBytesMax, budget, context.RequestAborted);
        if (body is null)
        {
            // Kestrel throws the rest away for some seconds, so that the sender gets to read the answer, and then cuts.
            await RefuseAsync(context, provider, refused == BodyRefused.TooLarge ? TooLarge() : Problem.Overloaded());
            return;
        }

        if (!gate.TryEnter())
        {
            body.Dispose();
            await RefuseAsync(context, provider, Problem.Overloaded());
            return;
        }

        try
        {
            await AcceptAsync(target, provider, body.Memory, context);
        }
        finally
        {
            gate.Leave();
            body.Dispose();
        }
    }

    private async Task AcceptAsync(CachedInstance target, string provider, ReadOnlyMemory<byte> body, HttpContext context)
    {
        var now = clock.GetUtcNow();
        var headers = context.Request.Headers;
        var verdict = Verify(target, headers, body, now);
        if (verdict == SignatureVerdict.Invalid)
        {
            await RefuseAsync(context, provider, new(401, ProblemCode.InvalidSignature, "The signature is missing or wrong."));
            return;
        }

        // Only now: what a stranger posts must not use up what the provider may.
        if (!rates.TryAcquire(target.Id))
        {
            await RefuseAsync(context, provider, new(429, ProblemCode.RateLimited, "Too many deliveries for this instance.") { RetryAfterSeconds = 1 });
            return;
        }

        var delivery = new Delivery
        {
            Id = ids.New(IdPrefix.Delivery),
            Instance = target,
            Provider = provider,
            ReceivedAt = now,
            TakenUpAt = clock.GetTimestamp(),
            SignatureChecked = verdict == SignatureVerdict.Valid,
            Bytes = body.Length,
            Accepts = other => Verify(other, headers, body, now) != SignatureVerdict.Invalid,
        };
        var result = await pipeline.AcceptAsync(delivery, body);
        if (result.Refusal is { } refusal) await refusal.ExecuteAsync(context);
        else await DeliveryAnswerWriter.WriteAsync(context.Response, result.Answer);
    }

    private async Task VerifyAsync(string provider, string instance, HttpContext context)
    {
        var target = await FindAsync(provider, instance);
        if (target is null)
        {
            await RefuseAsync(context, "unknown", new(404, ProblemCode.UnknownInstance, "There is no such instance of this provider."));
            return;
        }

        var challenge = target.Provider == ProviderKind.Cloud
            ? MetaHandshake.Answer(target.Configuration.Credentials, context.Request.Query)
            : null;
        if (challenge is null)
        {
            await RefuseAsync(context, provider, new(403, ProblemCode.VerificationRefused, "The verification token is wrong or none is set."));
            return;
        }

        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(challenge, context.RequestAborted);
    }

    private ValueTask<CachedInstance?> FindAsync(string provider, string instance)
    {
        if (!ProviderWords.TryParse(provider, out var kind)) return default;
        var found = instances.GetAsync(instance);
        return found.IsCompletedSuccessfully ? new(OfProvider(found.Result, kind)) : FindSlowlyAsync(found, kind);

        static async ValueTask<CachedInstance?> FindSlowlyAsync(ValueTask<CachedInstance?> found, ProviderKind kind) => OfProvider(await found, kind);

        // The sandbox speaks our own JSON, so both words fit it.
        static CachedInstance? OfProvider(CachedInstance? instance, ProviderKind kind) =>
            instance is not null && (instance.Provider == kind || (instance.Provider == ProviderKind.Sandbox && kind == ProviderKind.Generic)) ? instance : null;
    }

    private SignatureVerdict Verify(CachedInstance instance, IHeaderDictionary headers, ReadOnlyMemory<byte> body, DateTimeOffset now) =>
        _verifiers[instance.Provider == ProviderKind.Sandbox ? ProviderKind.Generic : instance.Provider]
            .Verify(instance.Configuration.Credentials, headers, body.Span, now);

    private Problem TooLarge() => new(413, ProblemCode.BodyTooLarge, "The body is too large.")
    {
        Detail = string.Create(CultureInfo.InvariantCulture, $"At most {_bodyBytesMax} bytes."),
    };

    private Task RefuseAsync(HttpContext context, string provider, Problem problem)
    {
        metrics.Count(provider, problem.Code);
        return ProblemWriter.WriteAsync(context, problem);
    }
}
