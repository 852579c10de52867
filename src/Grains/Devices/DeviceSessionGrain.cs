using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Devices;

/// <inheritdoc cref="IDeviceSessionGrain" />
/// <remarks>
/// A message goes to the conversation first and is remembered here after: a crash between the two is healed by the
/// device's next try, because the conversation drops ids it has. Calls that read events interleave with the turn that
/// writes, so they see only what was durable.
/// </remarks>
[GrainType("device-session")]
public sealed class DeviceSessionGrain(
    [PersistentState("session", GrainStorageNames.Waqtor)] IPersistentState<DeviceSessionState> state,
    IIdSource ids,
    TimeProvider clock,
    IOptions<DeviceSessionOptions> options,
    EventPost post,
    IHostApplicationLifetime lifetime,
    ILogger<DeviceSessionGrain> logger) : Grain, IDeviceSessionGrain, IRemindable
{
    private const int PageEventsMax = 200;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(25);

    private DeviceSessionKey _key;
    private OutboxDispatcher _outbox = null!;
    private PendingReminder _pending = null!;
    private ImmutableArray<DeviceEvent> _durable = [];
    private long _lastDurable;
    private TaskCompletionSource _news = NewSignal();
    private int _waiters;

    private bool Exists => state.State.InstanceId.Length > 0;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = DeviceSessionKey.Parse(this.GetPrimaryKeyString());
        _pending = new PendingReminder(this);
        _outbox = new OutboxDispatcher(this, post, () => state.State.Outbox, logger);
        _outbox.Start();
        Show();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Whoever waits is answered with what there is, and asks again.
        _news.TrySetResult();
        if (_outbox.StoreIsBehind) await state.WriteStateAsync(cancellationToken);
    }

    public async Task<DeviceSessionRecord> OpenAsync(OpenDeviceSession command)
    {
        var book = Book();
        book.Open(command);
        await SaveAsync(book);
        return Record();
    }

    public async Task<bool> CloseAsync()
    {
        if (!Exists) return false;
        var book = Book();
        book.Close();
        await SaveAsync(book);
        return true;
    }

    public Task<DeviceSessionRecord?> GetAsync() => Task.FromResult(Exists ? Record() : null);

    public Task<bool> HasAsync(string messageId) => Task.FromResult(state.State.Seen.Contains(messageId));

    public async Task<DeviceAcceptResult> AcceptAsync(AcceptDeviceMessage command)
    {
        var book = Book();
        if (book.Judge(command) is { } refused)
        {
            await SaveAsync(book);
            return Result(refused);
        }

        await HandOverAsync(command);
        book.Accept(command);
        await SaveAsync(book);
        return Result(DeviceAcceptOutcome.Stored);
    }

    public async Task<SendResult> DeliverAsync(SendRequest request)
    {
        if (!Exists)
        {
            return new SendResult
            {
                MessageId = request.MessageId,
                Attempt = request.Attempt,
                Outcome = SendOutcome.Final,
                Error = new MessageError("unknown_device_session", "The device session does not exist."),
            };
        }

        var book = Book();
        book.Deliver(request);
        await SaveAsync(book);
        return new SendResult
        {
            MessageId = request.MessageId,
            Attempt = request.Attempt,
            Outcome = SendOutcome.Sent,
            ProviderMessageId = ProviderMessageId(request.MessageId),
        };
    }

    public async Task NoteBatchAsync(string eventName, BatchRecord batch)
    {
        var book = Book();
        book.NoteBatch(eventName, batch);
        await SaveAsync(book);
    }

    public async Task AcknowledgeAsync(long number)
    {
        if (!Exists || number <= state.State.AcknowledgedEvent) return;
        var book = Book();
        // Told first and remembered after: a status told twice changes nothing.
        foreach (var messageId in book.Unread(number))
        {
            var key = new MessageStatusKey(state.State.InstanceId, ProviderMessageId(messageId));
            await GrainFactory.GetGrain<IMessageStatusGrain>(key.ToString()).ApplyAsync(state.State.Instance, new StatusUpdate
            {
                ProviderMessageId = key.ProviderMessageId,
                Status = MessageStatus.Delivered,
                At = clock.GetUtcNow(),
                MessageId = messageId,
                ConversationId = state.State.ConversationId,
            });
        }

        book.Acknowledge(number);
        await SaveAsync(book);
    }

    public async Task<DeviceEventPage> ReadEventsAsync(long after, TimeSpan patience)
    {
        // It knows of events that the session does not: of one that was deleted, or that a backup brought back. Nothing of what there is now
        // may be kept from it.
        var isAhead = after > _lastDurable;
        if (isAhead) after = 0;
        if (_lastDurable <= after && patience > TimeSpan.Zero && _waiters < options.Value.WaitersMax)
        {
            _waiters++;
            try
            {
                await _news.Task.WaitAsync(patience < PatienceMax ? patience : PatienceMax, clock, lifetime.ApplicationStopping);
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                // Nothing came, or the node stops, which would wait for this call: an empty page says so.
            }
            finally
            {
                _waiters--;
            }
        }

        var events = _durable.Where(one => one.Number > after).Take(PageEventsMax).ToImmutableArray();
        var first = _durable.IsEmpty ? _lastDurable + 1 : _durable[0].Number;
        return new DeviceEventPage(events, _lastDurable, Missed: isAhead || after < first - 1);
    }

    /// <summary>Wakes a session that a crash left with events to tell.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (state.State.Outbox.Count == 0) await _pending.RemoveAsync();
    }

    private async Task HandOverAsync(AcceptDeviceMessage command)
    {
        var receive = new ReceiveMessages
        {
            InstanceId = state.State.InstanceId,
            Instance = state.State.Instance,
            DeliveryId = command.DeliveryId,
            ReceivedAt = command.ReceivedAt,
            Buffer = command.Buffer,
            BotIsOff = command.BotIsOff,
            HandedOver = command.HandedOver,
            Messages =
            [
                new InboundMessage
                {
                    ProviderMessageId = command.MessageId,
                    Contact = _key.ToContact(state.State.Name),
                    Kind = command.Kind,
                    Text = command.Text,
                    Content = command.Content,
                    SentAt = command.SentAt,
                },
            ],
        };
        var conversation = state.State.ConversationId;
        for (var moves = 0; moves <= ConversationJoins.MovesMax; moves++)
        {
            var result = await GrainFactory.GetGrain<IConversationGrain>(conversation).ReceiveAsync(receive);
            if (result.MovedTo is null) return;
            conversation = result.MovedTo;
        }

        throw new InvalidOperationException("A conversation was moved too often.");
    }

    private DeviceSessionBook Book() => new(_key.Id, state.State, clock.GetUtcNow(), ids, options.Value);

    private async Task SaveAsync(DeviceSessionBook book)
    {
        // Also before a repetition is answered: what it repeats may have been stored while its reminder was not.
        var pending = state.State.Outbox.Count > 0 ? _pending.EnsureAsync() : Task.CompletedTask;
        if (!book.Changed)
        {
            await pending;
            return;
        }

        try
        {
            await state.WriteOrForgetAsync(this, pending);
        }
        catch
        {
            // The activation goes, and nobody is let in before it has gone; whoever waits for events would hold it for as long as they wait.
            _news.TrySetResult();
            throw;
        }

        Show();
        _outbox.Start();
    }

    // What is durable becomes visible, and whoever waits for it is answered.
    private void Show()
    {
        _durable = [.. state.State.Events];
        if (_lastDurable == state.State.LastEvent) return;
        _lastDurable = state.State.LastEvent;
        var news = _news;
        _news = NewSignal();
        news.TrySetResult();
    }

    private DeviceAcceptResult Result(DeviceAcceptOutcome outcome) => new(outcome, state.State.ConversationId, state.State.LastSequence);

    private DeviceSessionRecord Record() => new()
    {
        Id = _key.Id,
        Instance = state.State.Instance,
        DeviceId = state.State.DeviceId,
        Name = state.State.Name,
        ConversationId = state.State.ConversationId,
        CreatedAt = state.State.CreatedAt,
        ClosedAt = state.State.ClosedAt,
        LastSequence = state.State.LastSequence,
        LastEvent = state.State.LastEvent,
        AcknowledgedEvent = state.State.AcknowledgedEvent,
        Opening = state.State.Opening,
    };

    // What the status of a message to a device is kept under.
    private static string ProviderMessageId(string messageId) => "device:" + messageId;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
