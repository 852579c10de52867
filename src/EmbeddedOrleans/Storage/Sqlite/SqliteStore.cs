using EmbeddedOrleans.Diagnostics;
using EmbeddedOrleans.Scheduling;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>The embedded store: grain state and reminders in one SQLite file, written by group commit.</summary>
internal sealed class SqliteStore : IStateStore, IReminderStore, IStoreLifetime, IDisposable
{
    private readonly EmbeddedStoreOptions _options;
    private readonly WriteQueue _queue;
    private readonly StoreWriter _writer;
    private readonly StoreReaders _readers;
    private readonly QuiescenceTracker? _tracker;
    private bool _isStarted;

    public SqliteStore(
        IOptions<EmbeddedStoreOptions> options,
        TimeProvider clock,
        EngineLog log,
        StoreMetrics metrics,
        IEnumerable<ICommitObserver> observers,
        QuiescenceTracker? tracker = null)
    {
        _options = options.Value;
        _queue = new WriteQueue(clock, _options);
        _writer = new StoreWriter(_options, clock, _queue, [.. observers], log, metrics);
        _readers = new StoreReaders(_options, log);
        _tracker = tracker;
        metrics.ObserveQueue(() => _queue.Count);
    }

    public void Start()
    {
        _options.Validate();
        _writer.Start();
        _readers.Start();
        _isStarted = true;
    }

    public async Task StopAsync()
    {
        if (!_isStarted) return;

        _queue.Close(dropWaiting: false);
        _readers.Dispose();
        await _writer.Stopped.ConfigureAwait(false);
    }

    public void Kill()
    {
        if (!_isStarted) return;

        _writer.Kill();
        _queue.Close(dropWaiting: true);
        _readers.Dispose();

        // The next silo on this file must not meet the dying one in the middle of a commit.
        _writer.Stopped.GetAwaiter().GetResult();
    }

    public ValueTask<StoredState> ReadStateAsync(GrainId grainId, string stateName, CancellationToken cancellationToken)
    {
        var read = new StoreRead(grainId, stateName);
        _readers.Enqueue(read);
        return new ValueTask<StoredState>(Track(read.Task));
    }

    public ValueTask<string> WriteStateAsync(
        GrainId grainId, string stateName, ReadOnlyMemory<byte> payload, string? etag) =>
        new(WriteAsync(new StateWrite(grainId, stateName, payload, etag))!);

    public ValueTask DeleteStateAsync(GrainId grainId, string stateName, string? etag) =>
        new(WriteAsync(new StateWrite(grainId, stateName, payload: null, etag)));

    public ValueTask WriteReminderAsync(StoredReminder reminder) => new(WriteAsync(new ReminderWrite(reminder)));

    public ValueTask DeleteReminderAsync(GrainId grainId, string reminderName) =>
        new(WriteAsync(new ReminderDelete(grainId, reminderName)));

    public ValueTask WriteDeliveredUpToAsync(DateTime time) =>
        new(WriteAsync(new MetaWrite(StoreSchema.DeliveredUpToKey, time.Ticks)));

    public ValueTask<ReminderSnapshot> ReadRemindersAsync(CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(_options.Path, isReader: true);
        using var query = connection.Prepare("SELECT grain, name, start_at, period, registered_at FROM reminders");
        var reminders = new List<StoredReminder>();
        while (query.Step())
        {
            reminders.Add(new StoredReminder(
                GrainId.Parse(query.GetText(0)),
                string.Intern(query.GetText(1)),
                new DateTime(query.GetInt64(2), DateTimeKind.Utc),
                new TimeSpan(query.GetInt64(3)),
                query.GetInt64(4) is var registeredAt and not 0 ? new DateTime(registeredAt, DateTimeKind.Utc) : null));
        }

        var deliveredUpTo = connection.QueryInt64(
            $"SELECT value FROM meta WHERE key = '{StoreSchema.DeliveredUpToKey}'");
        return new(new ReminderSnapshot(
            reminders, deliveredUpTo == 0 ? null : new DateTime(deliveredUpTo, DateTimeKind.Utc)));
    }

    public void Dispose()
    {
        _queue.Close(dropWaiting: true);
        _queue.Dispose();
        _readers.Dispose();
    }

    private Task<string?> WriteAsync(StoreWrite write)
    {
        _queue.Enqueue(write);
        return Track(write.Task);
    }

    private Task<T> Track<T>(Task<T> task) => _tracker is null || task.IsCompleted ? task : TrackAsync(task, _tracker);

    // A plain await: the count falls in the turn that goes on with the answer, so that it is never zero in between.
    private static async Task<T> TrackAsync<T>(Task<T> task, QuiescenceTracker tracker)
    {
        tracker.Enter();
        try
        {
            return await task;
        }
        finally
        {
            tracker.Exit();
        }
    }
}
