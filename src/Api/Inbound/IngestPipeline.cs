using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Instances;
using Waqtor.Api.Problems;
using Waqtor.Api.Spooling;
using Waqtor.Deliveries;
using Waqtor.Instances;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Inbound;

/// <summary>
/// From a body whose signature was checked to the answer: parse, route, store; and when the store does not answer in
/// time, spool. Whatever it answers with, the delivery is durable, except with a refusal.
/// </summary>
internal sealed partial class IngestPipeline(
    IEnumerable<IDeliveryParser> parsers, InstanceCache instances, DeliveryRouter router, DeliveryStore store, Spool spool,
    DeliveryTraces traces, IngestMetrics metrics, TimeProvider clock, IOptions<IngestOptions> options, IOptions<SpoolOptions> spoolOptions,
    ILogger<IngestPipeline> logger)
{
    // What is left of the answer's time is for the spool.
    private const double StoreShare = 0.8;

    private readonly FrozenDictionary<ProviderKind, IDeliveryParser> _parsers = parsers.ToFrozenDictionary(parser => parser.Provider);
    private readonly TimeSpan _storeTime = TimeSpan.FromMilliseconds(options.Value.AnswerMilliseconds * StoreShare);
    private readonly TimeSpan _answerTime = TimeSpan.FromMilliseconds(options.Value.AnswerMilliseconds);

    /// <summary>Takes a delivery from the door.</summary>
    public async ValueTask<IngestResult> AcceptAsync(Delivery delivery, ReadOnlyMemory<byte> body)
    {
        var started = clock.GetTimestamp();
        DeliveryPlan? plan = null;
        string? unreadable = null;
        try
        {
            plan = await router.PlanAsync(delivery, Parse(delivery, body));
        }
        catch (DeliveryFormatException exception)
        {
            if (!delivery.SignatureChecked) return Refuse(delivery, exception, started);
            unreadable = exception.Code;
        }

        // Behind older ones of the same instance that still wait in the spool.
        if (spool.HasPending(delivery.Instance.Name)) return await SpoolAsync(delivery, body, plan, started);
        try
        {
            var storing = plan is null ? store.ParkAsync(delivery, unreadable!, RawBody.Keep(body.Span)) : store.StoreAsync(plan, body);
            if (!storing.IsCompleted) await WaitAsync(storing);
            else await storing;
        }
        catch (Exception exception)
        {
            LogStoreFailed(delivery.Id, exception.GetType().Name);
            return await SpoolAsync(delivery, body, plan, started);
        }

        var answer = plan?.Answer() ?? new DeliveryAnswer(delivery.Id, 0, 0, 0, 1);
        Finish(delivery, plan, answer, answer.Parked > 0 ? DeliveryOutcome.Parked : DeliveryOutcome.Stored, started);
        return new(answer, null);
    }

    /// <summary>Takes a delivery from the spool: the plan tells what it must wait for. Null: it cannot be read.</summary>
    public async ValueTask<DeliveryPlan?> PrepareAsync(SpoolRecord record, Delivery delivery)
    {
        try
        {
            return await router.PlanAsync(delivery, Parse(delivery, record.Body));
        }
        catch (DeliveryFormatException)
        {
            return null;
        }
    }

    /// <summary>Stores what <see cref="PrepareAsync"/> planned. Throws when the store does not answer.</summary>
    public async Task StoreSpooledAsync(SpoolRecord record, Delivery delivery, DeliveryPlan? plan)
    {
        var started = clock.GetTimestamp();
        var storing = plan is null
            ? store.ParkAsync(delivery, DeliveryProblem.Unreadable, RawBody.Keep(record.Body.Span))
            : store.StoreAsync(plan, record.Body);
        await WaitAsync(storing);
        var answer = plan?.Answer() ?? new DeliveryAnswer(delivery.Id, 0, 0, 0, 1);
        Finish(delivery, plan, answer, answer.Parked > 0 ? DeliveryOutcome.Parked : DeliveryOutcome.Stored, started);
    }

    /// <summary>Stores several of one conversation, oldest first, whole or not at all. Throws when the store does not answer.</summary>
    public async Task StoreSpooledTogetherAsync(IReadOnlyList<DeliveryPlan> plans)
    {
        var started = clock.GetTimestamp();
        await WaitAsync(store.StoreTogetherAsync(plans));
        foreach (var plan in plans) Finish(plan.Delivery, plan, plan.Answer(), DeliveryOutcome.Stored, started);
    }

    /// <summary>Keeps raw what the store refuses although it works.</summary>
    public Task ParkSpooledAsync(SpoolRecord record, string reason) => WaitAsync(store.ParkAsync(record, reason));

    /// <summary>The instance of a spooled or parked delivery. Null: it is gone.</summary>
    public ValueTask<CachedInstance?> FindInstanceAsync(string name) => instances.GetAsync(name);

    private ParsedDelivery Parse(Delivery delivery, ReadOnlyMemory<byte> body)
    {
        var provider = delivery.Instance.Provider;
        // The sandbox speaks our own JSON.
        return _parsers[provider == ProviderKind.Sandbox ? ProviderKind.Generic : provider].Parse(body);
    }

    private async Task WaitAsync(Task storing)
    {
        try
        {
            await storing.WaitAsync(_storeTime, clock);
        }
        catch (TimeoutException) when (!storing.IsCompleted)
        {
            // It may yet succeed, which deduplication makes harmless, or fail, which is known.
            _ = storing.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    private async Task<IngestResult> SpoolAsync(Delivery delivery, ReadOnlyMemory<byte> body, DeliveryPlan? plan, long started)
    {
        if (!spoolOptions.Value.Enabled)
        {
            metrics.Count(delivery.Provider, ProblemCode.StoreUnavailable);
            return new(default, Problem.StoreUnavailable());
        }

        var left = _answerTime - clock.GetElapsedTime(started);
        try
        {
            var appending = spool.AppendAsync(new SpoolRecord
            {
                DeliveryId = delivery.Id,
                Instance = delivery.Instance.Name,
                Provider = delivery.Provider,
                ReceivedAt = delivery.ReceivedAt,
                SignatureChecked = delivery.SignatureChecked,
                AcceptedBy = delivery.AcceptedBy ?? [],
                Body = body,
            }, SpoolKeys.Of(plan));
            await appending.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), clock);
        }
        catch (Exception exception)
        {
            LogSpoolFailed(delivery.Id, exception.GetType().Name);
            metrics.Count(delivery.Provider, ProblemCode.StoreUnavailable);
            return new(default, Problem.StoreUnavailable());
        }

        var answer = new DeliveryAnswer(delivery.Id, 0, 0, 0, 0, Spooled: true);
        Finish(delivery, plan, answer, DeliveryOutcome.Spooled, started);
        return new(answer, null);
    }

    private IngestResult Refuse(Delivery delivery, DeliveryFormatException exception, long started)
    {
        metrics.Count(delivery.Provider, ProblemCode.UnreadableBody);
        traces.Add(delivery, null, DeliveryOutcome.Refused, exception.Code, clock.GetElapsedTime(started));
        return new(default, new Problem(400, ProblemCode.UnreadableBody, "The body cannot be read.") { Detail = exception.Message });
    }

    private void Finish(Delivery delivery, DeliveryPlan? plan, in DeliveryAnswer answer, DeliveryOutcome outcome, long started)
    {
        var duration = clock.GetElapsedTime(started);
        metrics.Count(delivery.Provider, answer.Spooled ? "spooled" : "stored");
        metrics.Count(answer);
        metrics.Time(duration);
        // A parked one is told of by its own grain, durably.
        if (outcome != DeliveryOutcome.Parked) traces.Add(delivery, plan, outcome, null, duration);
    }
}
