using System.Globalization;
using Orleans.Runtime;
using Orleans.Storage;

namespace EmbeddedOrleans.Storage;

/// <summary>
/// A store that lives as long as the process; state passes through bytes all the same, so nothing is shared.
/// </summary>
internal sealed class MemoryStore : IStateStore, IReminderStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId GrainId, string Name), (byte[] Payload, string ETag)> _states = [];
    private readonly Dictionary<(GrainId GrainId, string Name), StoredReminder> _reminders = [];
    private long _lastVersion;
    private DateTime? _deliveredUpTo;

    public ValueTask<StoredState> ReadStateAsync(GrainId grainId, string stateName, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _states.TryGetValue((grainId, stateName), out var state)
                ? new(new StoredState(state.Payload, state.ETag))
                : default;
        }
    }

    public ValueTask<string> WriteStateAsync(
        GrainId grainId, string stateName, ReadOnlyMemory<byte> payload, string? etag)
    {
        lock (_gate)
        {
            Check(grainId, stateName, etag);
            var next = (++_lastVersion).ToString(CultureInfo.InvariantCulture);
            _states[(grainId, stateName)] = (payload.ToArray(), next);
            return new(next);
        }
    }

    public ValueTask DeleteStateAsync(GrainId grainId, string stateName, string? etag)
    {
        lock (_gate)
        {
            Check(grainId, stateName, etag);
            _states.Remove((grainId, stateName));
            return default;
        }
    }

    public ValueTask<ReminderSnapshot> ReadRemindersAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return new(new ReminderSnapshot([.. _reminders.Values], _deliveredUpTo));
    }

    public ValueTask WriteReminderAsync(StoredReminder reminder)
    {
        lock (_gate) _reminders[(reminder.GrainId, reminder.Name)] = reminder;
        return default;
    }

    public ValueTask DeleteReminderAsync(GrainId grainId, string reminderName)
    {
        lock (_gate) _reminders.Remove((grainId, reminderName));
        return default;
    }

    public ValueTask WriteDeliveredUpToAsync(DateTime time)
    {
        lock (_gate) _deliveredUpTo = time;
        return default;
    }

    private void Check(GrainId grainId, string stateName, string? etag)
    {
        var stored = _states.TryGetValue((grainId, stateName), out var state) ? state.ETag : null;
        if (stored != etag)
        {
            throw new InconsistentStateException(
                $"State '{stateName}' of {grainId} was changed by somebody else.", stored, etag);
        }
    }
}
