using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Waqtor.TestKit.Engines;

/// <summary>
/// From the start of a cluster to its end: what goes on in it, so that a test can wait until nothing does, and whether it
/// is dead. Orleans does not tell when its grains are at rest. Counted here are calls (from sending to their end, one-way
/// ones included), ticks of grains' timers, and accesses to the stores. A call that waits for the test or for time goes
/// on for ever; such a cluster is at rest when nothing begins or ends for a while and the processor has nothing to do.
/// </summary>
internal sealed class ClusterLife
{
    // An agent reads all that waits in its queue; the second pulse is for what the first had no subscriber for.
    private const int PulsesPerItem = 2;
    private const string OneWayKey = "waqtor-test-one-way";
    private const int ShortSilence = 3;
    private const int SilenceAfterReminder = 25;
    private const int LongSilence = 80;
    private const double RestingLoad = 0.25;

    // Only against a test that would otherwise hang for ever; nothing is measured with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<Guid, bool> _oneWaysUnderWay = new();
    private readonly ConcurrentDictionary<IPulsedTimer, bool> _pulsed = new();
    private int _pulses;
    private int _underWay;
    private long _events;
    private int _silence = ShortSilence;

    /// <summary>Whether the silos were killed: nothing that still runs in them may have an effect.</summary>
    public bool IsOver { get; private set; }

    public void End() => IsOver = true;

    public void Add(IPulsedTimer timer) => _pulsed[timer] = true;

    public void Remove(IPulsedTimer timer) => _pulsed.TryRemove(timer, out _);

    public void Begin()
    {
        Interlocked.Increment(ref _events);
        Interlocked.Increment(ref _underWay);
    }

    public void Finish()
    {
        Interlocked.Increment(ref _events);
        Interlocked.Decrement(ref _underWay);
    }

    /// <summary>Something begins whose first step is not seen here.</summary>
    public void Stir()
    {
        Volatile.Write(ref _silence, SilenceAfterReminder);
        Interlocked.Increment(ref _events);
    }

    public async Task CountIncomingAsync(IIncomingGrainCallContext context)
    {
        ThrowIfOver();
        if (context.TargetId.IsSystemTarget())
        {
            await context.Invoke();
            return;
        }

        if (RequestContext.Get(OneWayKey) is Guid id && _oneWaysUnderWay.TryRemove(id, out _))
        {
            await CountedAsync(context);
            Finish();
            return;
        }

        await CountedAsync(context);
    }

    public async Task CountOutgoingAsync(IOutgoingGrainCallContext context)
    {
        ThrowIfOver();
        if (context.TargetId.IsSystemTarget())
        {
            // What silos say to one another goes on all the time.
            await context.Invoke();
            return;
        }

        if (IsOneWay(context))
        {
            // It is under way from here until its end at the other grain, which finds the id in the request's context.
            var id = Guid.NewGuid();
            RequestContext.Set(OneWayKey, id);
            _oneWaysUnderWay[id] = true;
            Begin();
            await context.Invoke();
            return;
        }

        await CountedAsync(context);
        if (context.MethodName == "Enqueue" && context.InterfaceName.Contains("StreamQueue", StringComparison.Ordinal)) Volatile.Write(ref _pulses, PulsesPerItem);
    }

    public async Task WhenQuietAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var silent = 0;
        var seen = Interlocked.Read(ref _events);
        var load = new ProcessorLoad();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Step, TimeProvider.System);
            var now = Interlocked.Read(ref _events);
            if (now != seen)
            {
                seen = now;
                silent = 0;
                load.Restart();
                continue;
            }

            // What waits for a thread may be ours; the silos have work of their own, so it does not start all over.
            if (ThreadPool.PendingWorkItemCount == 0) silent++;
            var isQuiet = Volatile.Read(ref _underWay) == 0 && silent >= Volatile.Read(ref _silence);
            if (!isQuiet && silent < LongSilence) continue;
            if (!PulseIfNeeded() && (isQuiet || load.Value < RestingLoad)) break;
            silent = 0;
            load.Restart();
        }

        Volatile.Write(ref _silence, ShortSilence);
    }

    private static bool IsOneWay(IGrainCallContext context) =>
        context.InterfaceMethod is { } method && (method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute), inherit: true));

    /// <summary>Lets the streams' agents look into their queues, if somebody has put an item there.</summary>
    private bool PulseIfNeeded()
    {
        if (Volatile.Read(ref _pulses) <= 0) return false;
        Interlocked.Decrement(ref _pulses);
        foreach (var timer in _pulsed.Keys) timer.Pulse();
        return true;
    }

    private async Task CountedAsync(IGrainCallContext context)
    {
        Begin();
        try
        {
            await context.Invoke();
        }
        finally
        {
            Finish();
        }
    }

    private void ThrowIfOver()
    {
        if (IsOver) throw new SiloUnavailableException("The silo was killed by the test.");
    }

    private sealed class ProcessorLoad
    {
        private long _timestamp = Stopwatch.GetTimestamp();
        private TimeSpan _used = Environment.CpuUsage.TotalTime;

        /// <summary>Processors in use on average since the last start.</summary>
        public double Value => (Environment.CpuUsage.TotalTime - _used) / Stopwatch.GetElapsedTime(_timestamp);

        public void Restart()
        {
            _timestamp = Stopwatch.GetTimestamp();
            _used = Environment.CpuUsage.TotalTime;
        }
    }
}
