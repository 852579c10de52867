using System.Globalization;
using EmbeddedOrleans.Storage;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Running;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Disk;

/// <summary>
/// The store of one process: one writer, many writes per sync, as the real one; and every way in which that can fail.
/// </summary>
internal sealed class SimulatedStore(World world, ServerProcess process) : IStateStore, IReminderStore, IStoreLifetime
{
    private const int GroupMax = 16;
    private const string DeliveredKey = "m|delivered";
    private static readonly TimeSpan CommitTimeout = TimeSpan.FromSeconds(10);

    private readonly SeededRandom _random = world.Scenario.Stream("store" + process.Number.ToString(CultureInfo.InvariantCulture));
    private readonly List<DiskWrite> _queue = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private bool _isCommitting;
    private long _version;

    private SimulatedDisk Disk => world.Disk;

    public static string StateKey(GrainId grain, string name) => $"s|{grain}|{name}";

    public static string ReminderKey(GrainId grain, string name) => $"r|{grain}|{name}";

    public void Start()
    {
    }

    public Task StopAsync() => world.Waits(() => process.IsDead || (_queue.Count == 0 && !_isCommitting));

    public void Kill()
    {
    }

    public async ValueTask<StoredState> ReadStateAsync(GrainId grainId, string stateName, CancellationToken cancellationToken)
    {
        var key = StateKey(grainId, stateName);
        if (_failed.Remove(key)) world.Coverage.Count(Branch.StateReadAgain);
        await ReadAsync(grainId, "read " + Label(grainId, stateName));
        return Disk.Read(key) is { Payload: { } payload } record ? new StoredState(payload, record.ETag) : default;
    }

    public async ValueTask<string> WriteStateAsync(GrainId grainId, string stateName, ReadOnlyMemory<byte> payload, string? etag)
    {
        var next = string.Create(CultureInfo.InvariantCulture, $"{process.Number}-{++_version}");
        var write = new DiskWrite(StateKey(grainId, stateName), Label(grainId, stateName), grainId, new DiskRecord(payload.ToArray(), next))
        {
            ETag = etag,
            ChecksETag = true,
        };
        return await SubmitAsync(write);
    }

    public async ValueTask DeleteStateAsync(GrainId grainId, string stateName, string? etag) =>
        await SubmitAsync(new DiskWrite(StateKey(grainId, stateName), Label(grainId, stateName), grainId, null) { ETag = etag, ChecksETag = true });

    public async ValueTask<ReminderSnapshot> ReadRemindersAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(default, "read reminders");
        return new ReminderSnapshot(
            [.. Disk.ReadAll().Select(record => record.Reminder).OfType<StoredReminder>()], Disk.Read(DeliveredKey)?.DeliveredUpTo);
    }

    public async ValueTask WriteReminderAsync(StoredReminder reminder) => await SubmitAsync(new DiskWrite(
        ReminderKey(reminder.GrainId, reminder.Name), ReminderLabel(reminder.GrainId, reminder.Name), reminder.GrainId, new DiskRecord(Reminder: reminder)));

    public async ValueTask DeleteReminderAsync(GrainId grainId, string reminderName) => await SubmitAsync(new DiskWrite(
        ReminderKey(grainId, reminderName), "end of " + ReminderLabel(grainId, reminderName), grainId, null));

    public async ValueTask WriteDeliveredUpToAsync(DateTime time) =>
        await SubmitAsync(new DiskWrite(DeliveredKey, "delivered ticks", default, new DiskRecord(DeliveredUpTo: time)));

    private static string Label(GrainId grain, string name) => $"{grain.Type}/{name}";

    private static string ReminderLabel(GrainId grain, string name) => $"reminder {grain.Type}/{name}";

    private Task ReadAsync(GrainId grain, string label)
    {
        var read = new TaskCompletionSource();
        var delay = world.Faults.Strikes(FaultKind.StoreSlow, label)
            ? world.Faults.Length(20, 2_000)
            : _random.Between(TimeSpan.FromMicroseconds(20), TimeSpan.FromMicroseconds(400));
        var beganAt = world.Oracle.OperationBegan(grain);
        world.Time.After(delay, () =>
        {
            if (process.IsDead) return;
            world.Oracle.OperationEnded(grain, beganAt, isDisturbed: false);
            read.SetResult();
        });
        return read.Task;
    }

    private async Task<string> SubmitAsync(DiskWrite write)
    {
        var beganAt = world.Oracle.OperationBegan(write.Grain);
        var isOk = false;
        try
        {
            var result = await (world.Bug.OnWrite(write, () => EnqueueAsync(write)) ?? EnqueueAsync(write));
            isOk = true;
            return result;
        }
        finally
        {
            if (!process.IsDead) world.Oracle.OperationEnded(write.Grain, beganAt, isDisturbed: !isOk);
        }
    }

    private Task<string> EnqueueAsync(DiskWrite write)
    {
        if (process.IsDead) return write.Told;
        world.Timeline.Note("write", write.Label, write.Key);
        world.Oracle.Submitted(write);
        if (world.Faults.Strikes(FaultKind.CrashBeforeWrite, write.Label))
        {
            process.Crash("before the write of " + write.Key);
            return write.Told;
        }

        var isFull = world.Time.Now < world.DiskFullUntil;
        if (!isFull && world.Faults.Strikes(FaultKind.DiskFull, write.Label))
        {
            world.DiskFullUntil = world.Time.Now + world.Faults.Length(500, 40_000);
            isFull = true;
        }

        if (isFull && world.Bug.TakesWritesWhenFull)
        {
            write.Succeed();
            return write.Told;
        }

        if (isFull || world.Faults.Strikes(FaultKind.StoreRefused, write.Label))
        {
            world.Time.After(_random.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(2)), () => Fail(write));
            return write.Told;
        }

        if (world.Bug.ReminderDelay > TimeSpan.Zero && write.Record?.Reminder is not null)
        {
            write.Succeed();
            world.Time.After(world.Bug.ReminderDelay, () => Enqueue(write));
            return write.Told;
        }

        Enqueue(write);
        return write.Told;
    }

    private void Enqueue(DiskWrite write)
    {
        if (process.IsDead) return;
        _queue.Add(write);
        world.Time.After(CommitTimeout, () => Fail(write));
        if (!_isCommitting) Gather();
    }

    // Writes that come while the last group is synced share the next one.
    private void Gather()
    {
        _isCommitting = true;
        world.Time.After(_random.Between(TimeSpan.Zero, TimeSpan.FromMicroseconds(300)), Commit);
    }

    private void Commit()
    {
        if (process.IsDead) return;
        var group = new List<DiskWrite>();
        foreach (var write in _queue.Take(_random.Next(1, GroupMax + 1)).ToArray())
        {
            _queue.Remove(write);
            var stored = Disk.ReadNewest(write.Key)?.ETag;
            if (write.ChecksETag && stored != write.ETag)
            {
                world.Coverage.Count(Branch.WriteRefusedByETag);
                write.Refuse(stored);
                continue;
            }

            Disk.Write(write);
            group.Add(write);
        }

        if (group.Count == 0)
        {
            EndGroup();
            return;
        }

        if (world.Bug.TellsBeforeTheSync)
        {
            foreach (var write in group) write.Succeed();
        }

        var label = group[_random.Next(group.Count)].Label;
        if (world.Faults.Strikes(FaultKind.CrashDuringWrite, label))
        {
            process.Crash($"while {group.Count} writes were being synced");
            return;
        }

        var delay = _random.Between(TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(3));
        if (world.Faults.Strikes(FaultKind.StoreStalled, label)) delay = world.Faults.Length(5_000, 30_000);
        else if (world.Faults.Strikes(FaultKind.StoreSlow, label)) delay = world.Faults.Length(20, 2_000);
        world.Time.After(delay, () => Sync(group, label));
    }

    private void Sync(List<DiskWrite> group, string label)
    {
        if (process.IsDead) return;
        var isTorn = world.Faults.Strikes(FaultKind.GroupTorn, label);
        if (isTorn || world.Faults.Strikes(FaultKind.SyncFailed, label))
        {
            if (isTorn || world.Faults.Either()) Disk.Tear(group);
            else Disk.Sync(group);
            foreach (var write in group) Fail(write);
            EndGroup();
            return;
        }

        if (!world.Bug.SkipsSync(group)) Disk.Sync(group);
        if (world.Faults.Strikes(FaultKind.CrashAfterWrite, label))
        {
            process.Crash($"after the sync of {group.Count} writes, before anybody was told");
            return;
        }

        foreach (var write in group) write.Succeed();
        EndGroup();
    }

    private void EndGroup()
    {
        _isCommitting = false;
        if (_queue.Count > 0) Gather();
    }

    private void Fail(DiskWrite write)
    {
        if (process.IsDead || write.IsTold) return;
        _queue.Remove(write);
        _failed.Add(write.Key);
        world.Timeline.Note("fail", write.Label, write.Key);
        write.Fail(new StorageUnavailableException("The simulated disk failed."));
    }
}
