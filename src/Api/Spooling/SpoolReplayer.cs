using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Inbound;
using Waqtor.Api.Problems;

namespace Waqtor.Api.Spooling;

/// <summary>
/// Stores what lies in the spool: in order per conversation, what waits of one conversation in one call, other conversations beside each
/// other. What fails is tried again after a pause. A delivery that fails alone is set aside: when even parking it fails, the store is down
/// and it waits; when parking works, the fault is its own.
/// </summary>
internal sealed partial class SpoolReplayer(
    Spool spool, IngestPipeline pipeline, SpoolMetrics metrics, TimeProvider clock, IOptions<SpoolOptions> options, ILogger<SpoolReplayer> logger) : BackgroundService
{
    // Looked over for what belongs together; some 20 MB when all of it is taken.
    private const int WindowMax = 50_000;
    private const int GroupMax = 100;
    private const int GroupBytesMax = 1024 * 1024;
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(5);

    private readonly ReplayWindow _window = new(GroupMax, GroupBytesMax);
    private readonly Queue<SpoolEntry> _held = new();
    private long _heldTriedAt;
    private bool _storeWorks;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = TimeSpan.FromMilliseconds(options.Value.BackoffMilliseconds);
        var wait = backoff;
        try
        {
            while (true)
            {
                await FillAsync(wait);
                var groups = _window.Next(options.Value.ReplayMax);
                if (groups.Count == 0 && _held.Count == 0)
                {
                    await spool.WaitAsync(stoppingToken);
                }
                else if (groups.Count > 0 && await ReplayAsync(groups))
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

    // One that cannot be looked at, because its instance cannot be asked for, holds up all of that instance behind it: it may belong to any of
    // its conversations. Other instances go on.
    private async Task FillAsync(TimeSpan pause)
    {
        var coming = new Queue<SpoolEntry>();
        if (clock.GetElapsedTime(_heldTriedAt) >= pause)
        {
            while (_held.TryDequeue(out var held)) coming.Enqueue(held);
        }

        foreach (var one in spool.Take(Math.Max(0, WindowMax - _window.Count - _held.Count - coming.Count))) coming.Enqueue(one);
        var heldInstances = _held.Select(held => held.Instance).ToHashSet(StringComparer.Ordinal);
        while (coming.TryDequeue(out var entry))
        {
            if (!heldInstances.Contains(entry.Instance) && await TryFindKeysAsync(entry))
            {
                if (entry.Keys is not null) _window.Add(entry);
                continue;
            }

            if (heldInstances.Add(entry.Instance)) _heldTriedAt = clock.GetTimestamp();
            _held.Enqueue(entry);
        }
    }

    /// <summary>False: not now. True without keys: it will never be known, and is parked.</summary>
    private async Task<bool> TryFindKeysAsync(SpoolEntry entry)
    {
        if (entry.Keys is not null) return true;
        SpoolRecord? record = null;
        try
        {
            record = spool.Read(entry);
            entry.Keys = await pipeline.FindInstanceAsync(record.Instance) is { } instance
                ? SpoolKeys.Of(await pipeline.PrepareAsync(record, ToDelivery(record, instance)))
                : SpoolKeys.None;
            return true;
        }
        catch (Exception exception)
        {
            LogReplayFailed(exception.GetType().Name);
            if (record is null || ++entry.Tries < options.Value.TriesMax || !await TryParkAsync(record, ParkReason.NotStorable)) return false;
            spool.Complete([entry]);
            return true;
        }
    }

    /// <summary>False: something is left to be tried again after a pause.</summary>
    private async Task<bool> ReplayAsync(List<List<SpoolEntry>> groups)
    {
        var counts = await Task.WhenAll(groups.Select(StoreAsync));
        var done = new List<SpoolEntry>();
        for (var i = 0; i < counts.Length; i++)
        {
            done.AddRange(groups[i].Take(counts[i]));
        }

        if (done.Count > 0)
        {
            foreach (var entry in done) _window.Done(entry);
            spool.Complete(done);
            metrics.Replayed(done.Count);
            LogReplayed(done.Count, spool.Pending);
        }

        _storeWorks = done.Count > 0;
        return done.Count == groups.Sum(group => group.Count);
    }

    /// <summary>How many of the group are done, from its first on.</summary>
    private async Task<int> StoreAsync(List<SpoolEntry> group)
    {
        // While the store is away the group stays one: the first of it alone, stored as the store comes back, would be a burst of its own.
        if (group.Count > 1 && await TryStoreTogetherAsync(group) is var outcome && outcome != Together.Refused) return outcome == Together.Stored ? group.Count : 0;
        var done = 0;
        while (done < group.Count && await TryStoreAsync(group[done])) done++;
        return done;
    }

    private async Task<Together> TryStoreTogetherAsync(List<SpoolEntry> group)
    {
        try
        {
            var plans = new List<DeliveryPlan>(group.Count);
            foreach (var entry in group)
            {
                var record = spool.Read(entry);
                // An instance that is gone or changed meanwhile: each for itself.
                if (await pipeline.FindInstanceAsync(record.Instance) is not { } instance) return Together.Refused;
                if (await pipeline.PrepareAsync(record, ToDelivery(record, instance)) is not { } plan) return Together.Refused;
                if (SpoolKeys.Of(plan).Conversation != entry.Keys!.Conversation) return Together.Refused;
                plans.Add(plan);
            }

            await pipeline.StoreSpooledTogetherAsync(plans);
            return Together.Stored;
        }
        catch (Exception exception)
        {
            LogReplayFailed(exception.GetType().Name);
            return StoreFailure.Is(exception) && !_storeWorks ? Together.StoreIsAway : Together.Refused;
        }
    }

    private enum Together
    {
        Stored,
        // One of them is at fault, or they do not belong together any more: each for itself.
        Refused,
        StoreIsAway,
    }

    private async Task<bool> TryStoreAsync(SpoolEntry entry)
    {
        SpoolRecord? record = null;
        try
        {
            record = spool.Read(entry);
            if (await pipeline.FindInstanceAsync(record.Instance) is not { } instance) return await TryParkAsync(record, ParkReason.UnknownInstance);
            var delivery = ToDelivery(record, instance);
            await pipeline.StoreSpooledAsync(record, delivery, await pipeline.PrepareAsync(record, delivery));
            return true;
        }
        catch (Exception exception)
        {
            LogReplayFailed(exception.GetType().Name);
            if (record is null || ++entry.Tries < options.Value.TriesMax || !await TryParkAsync(record, ParkReason.NotStorable)) return false;
        }

        // The store works, by what it just took. If it has only now come back, the fault was its own: the delivery is stored after all.
        await TryStoreParkedAsync(record);
        return true;
    }

    private async Task TryStoreParkedAsync(SpoolRecord record)
    {
        try
        {
            if (await pipeline.FindInstanceAsync(record.Instance) is not { } instance) return;
            var delivery = ToDelivery(record, instance);
            if (await pipeline.PrepareAsync(record, delivery) is { } plan) await pipeline.StoreSpooledAsync(record, delivery, plan);
        }
        catch (Exception exception)
        {
            LogReplayFailed(exception.GetType().Name);
        }
    }

    private Delivery ToDelivery(SpoolRecord record, Instances.CachedInstance instance) => new()
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
}
