using Microsoft.Extensions.Logging;
using Waqtor.Events;

namespace Waqtor.Deliveries;

/// <inheritdoc cref="IParkedDeliveryGrain" />
/// <remarks>
/// The event is the delivery. Unlike other outboxes this one is cleared in the store as soon as it is told, because a raw
/// body may be large and nothing is ever written here again.
/// </remarks>
[GrainType("parked-delivery")]
[CollectionAgeLimit(Minutes = 1)]
public sealed partial class ParkedDeliveryGrain(
    [PersistentState("parked", GrainStorageNames.Waqtor)] IPersistentState<ParkedDeliveryState> state,
    IIdSource ids,
    TimeProvider clock,
    ILogger<ParkedDeliveryGrain> logger) : Grain, IParkedDeliveryGrain, IRemindable
{
    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(1);

    private PendingReminder _pending = null!;
    private IGrainTimer? _timer;
    private TimeSpan _retry = TimeSpan.FromSeconds(1);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _pending = new PendingReminder(this);
        if (state.State.Outbox.Count > 0) TellIn(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public async Task ParkAsync(DeliveryRecord delivery)
    {
        if (state.State.Outbox.Count > 0) return;
        await _pending.EnsureAsync();
        state.State.Outbox.Add(new DomainEvent
        {
            Id = ids.New(IdPrefix.Event),
            Name = EventNames.DeliveryParked,
            At = clock.GetUtcNow(),
            Instance = delivery.Instance,
            Delivery = delivery,
        });
        await state.WriteOrForgetAsync(this);
        TellIn(TimeSpan.Zero);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await TellAsync();
        if (state.State.Outbox.Count == 0) await _pending.RemoveAsync();
    }

    private void TellIn(TimeSpan delay)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(TellAsync, new GrainTimerCreationOptions(delay, Timeout.InfiniteTimeSpan));
    }

    private async Task TellAsync()
    {
        if (state.State.Outbox.Count == 0) return;
        try
        {
            await GrainFactory.GetGrain<IEventRouterGrain>(0).RouteAsync([.. state.State.Outbox]);
            // A failure here tells once more and clears then; the archive knows the delivery by its id.
            await state.ClearOrForgetAsync(this);
        }
        catch (Exception exception)
        {
            LogTellFailed(logger, exception, this.GetPrimaryKeyString(), _retry);
            TellIn(_retry);
            if (_retry < RetryMax) _retry *= 2;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The archive did not take parked delivery {DeliveryId}; trying again in {Delay}.")]
    private static partial void LogTellFailed(ILogger logger, Exception exception, string deliveryId, TimeSpan delay);
}
