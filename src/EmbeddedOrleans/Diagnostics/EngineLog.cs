using EmbeddedOrleans.Calls;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EmbeddedOrleans.Diagnostics;

/// <summary>What the engine tells.</summary>
internal sealed partial class EngineLog(ILogger<EngineLog> logger)
{
    [LoggerMessage(1, LogLevel.Error, "Grain {GrainId} could not be activated")]
    public partial void ActivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(2, LogLevel.Error, "Grain {GrainId} failed while it was deactivated")]
    public partial void DeactivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(3, LogLevel.Warning, "A one-way call failed: {Request}")]
    public partial void OneWayCallFailed(Exception exception, GrainRequest request);

    [LoggerMessage(4, LogLevel.Warning, "A callback of the cancellation token of {Request} threw")]
    public partial void CancellationCallbackFailed(Exception exception, GrainRequest request);

    [LoggerMessage(5, LogLevel.Error, "A timer callback of grain {GrainId} threw; the timer goes on")]
    public partial void TimerCallbackFailed(Exception exception, GrainId grainId);

    [LoggerMessage(6, LogLevel.Error, "The interleaving predicate threw for {Request}")]
    public partial void InterleavingPredicateFailed(Exception exception, GrainRequest request);

    [LoggerMessage(
        20,
        LogLevel.Error,
        "Reminder {ReminderName} of grain {GrainId} was not delivered; it comes again with its next tick")]
    public partial void ReminderFailed(Exception exception, GrainId grainId, string reminderName);

    [LoggerMessage(21, LogLevel.Information, "{Count} reminders, of which {Overdue} are overdue")]
    public partial void RemindersLoaded(int count, int overdue);

    [LoggerMessage(
        22, LogLevel.Warning, "The progress of reminders could not be stored; after a crash some may come twice")]
    public partial void ReminderProgressFailed(Exception exception);

    [LoggerMessage(30, LogLevel.Error, "A subscriber of stream {StreamId} threw; the item is not delivered again")]
    public partial void StreamObserverFailed(Exception exception, StreamId streamId);

    [LoggerMessage(
        31, LogLevel.Warning, "A subscriber of stream {StreamId} is {Count} items behind; the oldest is dropped")]
    public partial void StreamItemDropped(StreamId streamId, int count);

    [LoggerMessage(32, LogLevel.Debug, "Grain {GrainId} has no observer for stream {StreamId}; an item is dropped")]
    public partial void StreamObserverMissing(GrainId grainId, StreamId streamId);

    [LoggerMessage(40, LogLevel.Error, "{Count} writes to the store {Path} failed; it is closed and opened anew")]
    public partial void CommitFailed(Exception exception, int count, string path);

    [LoggerMessage(41, LogLevel.Warning, "The store {Path} is locked by another process; trying again")]
    public partial void StoreIsLocked(string path);

    [LoggerMessage(42, LogLevel.Information, "The store {Path} is open again")]
    public partial void StoreReopened(string path);

    [LoggerMessage(43, LogLevel.Error, "The log of the store {Path} could not be copied into it")]
    public partial void CheckpointFailed(Exception exception, string path);

    [LoggerMessage(44, LogLevel.Error, "The store {Path} could not be read")]
    public partial void ReadFailed(Exception exception, string path);

    [LoggerMessage(
        45, LogLevel.Critical, "The store {Path} does not wait for the disk: a power cut loses acknowledged writes")]
    public partial void StoreIsNotSynchronous(string path);

    [LoggerMessage(60, LogLevel.Information, "The silo has started: {ClassCount} grain classes")]
    public partial void SiloStarted(int classCount);

    [LoggerMessage(61, LogLevel.Information, "The silo is stopping; {Count} activations end")]
    public partial void SiloStopping(int count);

    [LoggerMessage(62, LogLevel.Warning, "{Count} activations did not end in time and are abandoned")]
    public partial void ActivationsAbandoned(int count);

    [LoggerMessage(63, LogLevel.Information, "The silo has stopped")]
    public partial void SiloStopped();
}
