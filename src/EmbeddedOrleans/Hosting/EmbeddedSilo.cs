using EmbeddedOrleans.Calls;
using EmbeddedOrleans.Diagnostics;
using EmbeddedOrleans.Reminders;
using EmbeddedOrleans.Scheduling;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;

namespace EmbeddedOrleans.Hosting;

/// <summary>
/// The silo as a service of its host. Start: the store, the reminders, the startup tasks. Stop: no more clients and
/// ticks, every activation ends with its <c>OnDeactivateAsync</c>, the store completes what it accepted.
/// </summary>
public sealed class EmbeddedSilo : IHostedService
{
    private readonly GrainRuntime _runtime;
    private readonly SiloWork _work;
    private readonly ReminderService _reminders;
    private readonly IReadOnlyList<IStoreLifetime> _stores;
    private readonly IReadOnlyList<StartupTask> _startupTasks;
    private readonly EmbeddedSiloOptions _options;
    private readonly EngineLog _log;
    private readonly QuiescenceTracker? _tracker;
    private readonly TurnScheduler _turns;

    internal EmbeddedSilo(
        GrainRuntime runtime,
        SiloWork work,
        ReminderService reminders,
        IEnumerable<IStoreLifetime> stores,
        IEnumerable<StartupTask> startupTasks,
        IOptions<EmbeddedSiloOptions> options,
        EngineLog log,
        QuiescenceTracker? tracker)
    {
        _runtime = runtime;
        _work = work;
        _reminders = reminders;
        _stores = [.. stores];
        _startupTasks = [.. startupTasks];
        _options = options.Value;
        _log = log;
        _tracker = tracker;
        _turns = new TurnScheduler(work, activation: null);
    }

    /// <summary>How many grains are active.</summary>
    public int ActivationCount => _runtime.Catalog.Count;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => _turns.RunAsync(async () =>
    {
        foreach (var store in _stores) store.Start();
        await _reminders.StartAsync(cancellationToken);
        foreach (var task in _startupTasks) await task.Run(_runtime.Services, cancellationToken);
        _log.SiloStarted(_runtime.Classes.All.Count());
    });

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        _work.IsKilled || _runtime.HasStopped ? Task.CompletedTask : _turns.RunAsync(
            () => StopInTurnAsync(cancellationToken));

    /// <summary>
    /// Ends as the death of the process would, for tests: no grain runs on, nothing is told goodbye, nothing that was
    /// not committed is. Calls that are open fail.
    /// </summary>
    public void Kill()
    {
        _runtime.AcceptsClients = false;
        _runtime.HasStopped = true;
        _work.Kill();
        foreach (var store in _stores) store.Kill();
        _runtime.Collector.Dispose();
        _runtime.FailOpenCalls();
    }

    /// <summary>Ends the activation of a grain, if there is one, and waits for its end.</summary>
    public Task DeactivateAsync(IGrain grain, CancellationToken cancellationToken = default)
    {
        var ends = _runtime.Catalog.Activations
            .Where(a => a.GrainId == grain.GetGrainId())
            .Select(activation =>
            {
                activation.Deactivate(
                    new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "The host asked for it."));
                return activation.Deactivated;
            });
        return Task.WhenAll(ends.ToList()).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Completes when no turn is queued or running and no storage operation is under way. Calls that wait for time to
    /// pass do not count. Needs <c>TrackQuiescence()</c>.
    /// </summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default) =>
        _tracker?.WhenIdleAsync(cancellationToken)
        ?? throw new InvalidOperationException("Call TrackQuiescence() on the silo builder to wait for silence.");

    private async Task StopInTurnAsync(CancellationToken cancellationToken)
    {
        _runtime.AcceptsClients = false;
        _log.SiloStopping(ActivationCount);
        await _reminders.StopAsync();
        await EndActivationsAsync(cancellationToken);
        _runtime.HasStopped = true;
        foreach (var store in _stores) await store.StopAsync();
        _runtime.Collector.Dispose();
        _log.SiloStopped();
    }

    private async Task EndActivationsAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.ShutdownTimeout, _runtime.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping.");
        try
        {
            // What ends may call others back to life, hence more than one round.
            while (_runtime.Catalog.Activations.ToList() is { Count: > 0 } living)
            {
                foreach (var activation in living) activation.Deactivate(reason, either.Token);
                await Task.WhenAll(living.Select(a => a.Deactivated)).WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            _log.ActivationsAbandoned(ActivationCount);
        }
    }
}
