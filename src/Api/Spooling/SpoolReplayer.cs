using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Inbound;
using Waqtor.Conversations;

namespace Waqtor.Api.Spooling;

/// <summary>
/// Stores what lies in the spool, when the store is back: in order per conversation, other conversations beside each
/// other. What fails is tried again after a pause. A delivery that fails alone is set aside: when even parking it
/// fails, the store is down and it waits; when parking works, the fault is its own.
/// </summary>
internal sealed partial class SpoolReplayer(
    Spool spool, IngestPipeline pipeline, SpoolMetrics metrics, TimeProvider clock, IOptions<SpoolOptions> options, ILogger<SpoolReplayer> logger) : BackgroundService
{
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = TimeSpan.FromMilliseconds(options.Value.BackoffMilliseconds);
        var wait = backoff;
        try
        {
            while (true)
            {
                var entries = spool.Peek(options.Value.ReplayMax);
                if (entries.Count == 0)
                {
                    await spool.WaitAsync(stoppingToken);
                }
                else if (await ReplayAsync(entries))
                {
                    wait = backoff;
                }
                else
                {
                    await Task.Delay(wait, clock, stoppingToken);
                    wait = wait * 2 < BackoffMax ? wait * 2 : BackoffMax;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>False: something is left to be tried again after a pause.</summary>
    private async Task<bool> ReplayAsync(List<SpoolEntry> entries)
    {
        var ends = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        var runs = new List<Task<bool>>(entries.Count);
        try
        {
            foreach (var entry in entries) runs.Add(await BeginAsync(entry, ends));
        }
        catch (Exception exception)
        {
            // The rest of the round waits with it, so that the order stays.
            LogReplayFailed(exception.GetType().Name);
        }

        var results = await Task.WhenAll(runs);
        var done = new HashSet<SpoolEntry>();
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i]) done.Add(entries[i]);
        }

        if (done.Count > 0)
        {
            spool.Complete(done);
            metrics.Replayed(done.Count);
            LogReplayed(done.Count, spool.Pending);
        }

        return done.Count == entries.Count;
    }

    private async Task<Task<bool>> BeginAsync(SpoolEntry entry, Dictionary<string, Task<bool>> ends)
    {
        var record = spool.Read(entry);
        if (await pipeline.FindInstanceAsync(record.Instance) is not { } instance)
        {
            return TryParkAsync(record, ParkReason.UnknownInstance);
        }

        var delivery = new Delivery
        {
            Id = record.DeliveryId,
            Instance = instance,
            Provider = record.Provider,
            ReceivedAt = record.ReceivedAt,
            TakenUpAt = clock.GetTimestamp(),
            Kept = clock.GetUtcNow() - record.ReceivedAt is { Ticks: > 0 } waited ? waited : TimeSpan.Zero,
            SignatureChecked = record.SignatureChecked,
            Bytes = record.Body.Length,
            Accepts = other => record.AcceptedBy.Contains(other.Name),
        };
        var plan = await pipeline.PrepareAsync(record, delivery);
        var keys = plan is null ? [] : Keys(plan);
        var before = keys.Select(key => ends.GetValueOrDefault(key)).OfType<Task<bool>>().Distinct().ToArray();
        var run = RunAsync(entry, record, delivery, plan, before);
        foreach (var key in keys) ends[key] = run;
        return run;
    }

    private async Task<bool> RunAsync(SpoolEntry entry, SpoolRecord record, Delivery delivery, DeliveryPlan? plan, Task<bool>[] before)
    {
        foreach (var stored in await Task.WhenAll(before))
        {
            if (!stored) return false;
        }

        try
        {
            await pipeline.StoreSpooledAsync(record, delivery, plan);
            return true;
        }
        catch (Exception exception)
        {
            LogReplayFailed(exception.GetType().Name);
            return ++entry.Tries >= options.Value.TriesMax && await TryParkAsync(record, ParkReason.NotStorable);
        }
    }

    private async Task<bool> TryParkAsync(SpoolRecord record, string reason)
    {
        try
        {
            await pipeline.ParkSpooledAsync(record, reason);
            metrics.Parked();
            LogParked(record.DeliveryId, reason);
            return true;
        }
        catch (Exception exception)
        {
            LogReplayFailed(exception.GetType().Name);
            return false;
        }
    }

    // By every id of the contact: two deliveries may name the same one differently.
    private static List<string> Keys(DeliveryPlan plan)
    {
        var keys = new List<string>();
        foreach (var lane in plan.Lanes)
        {
            keys.Add(lane.Key);
            foreach (var i in lane.Elements)
            {
                if (plan.Parsed.Elements[i].Message is not { } message) continue;
                foreach (var alias in ConversationKey.Aliases(lane.Instance.Id, message.Contact)) keys.Add(alias.Id);
            }
        }

        return keys;
    }
}
