using System.Text.Json;
using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Sending;

namespace Waqtor.Devices;

/// <summary>Decisions of a device session: its state, the time, and what is to be told. Knows neither clock nor store.</summary>
internal sealed class DeviceSessionBook(
    string sessionId, DeviceSessionState state, DateTimeOffset now, IIdSource ids, DeviceSessionOptions options)
{
    private const int NotedMax = 50;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>True once the decision changed something that must be written.</summary>
    public bool Changed { get; private set; }

    public void Open(OpenDeviceSession command)
    {
        if (state.InstanceId.Length == 0)
        {
            state.InstanceId = command.InstanceId;
            state.Instance = command.Instance;
            state.DeviceId = command.DeviceId;
            state.CreatedAt = now;
            state.ConversationId = ConversationKey.For(command.InstanceId, new DeviceSessionKey(sessionId).ToContact(null)).Id;
            Changed = true;
        }

        if (state.ClosedAt is null && (command.Name is null || command.Name == state.Name)) return;
        state.ClosedAt = null;
        state.Name = command.Name ?? state.Name;
        Changed = true;
    }

    public void Close()
    {
        if (state.ClosedAt is not null) return;
        state.ClosedAt = now;
        state.Opening++;
        Changed = true;
    }

    /// <summary>Whether a message may go to the conversation; null: it may.</summary>
    public DeviceAcceptOutcome? Judge(AcceptDeviceMessage command)
    {
        if (state.InstanceId.Length == 0 || state.ClosedAt is not null) return DeviceAcceptOutcome.Closed;
        if (state.Seen.Contains(command.MessageId)) return DeviceAcceptOutcome.Duplicate;
        return command.Sequence <= state.LastSequence ? DeviceAcceptOutcome.OutOfOrder : null;
    }

    /// <summary>The conversation has the message.</summary>
    public void Accept(AcceptDeviceMessage command)
    {
        state.Seen.Add(command.MessageId, now, options.SeenIdsMax);
        state.LastSequence = command.Sequence;
        Changed = true;
    }

    /// <summary>The business answers. The same message again changes nothing.</summary>
    public void Deliver(SendRequest request)
    {
        if (state.Delivered.Contains(request.MessageId)) return;
        state.Delivered.Add(request.MessageId, now, options.SeenIdsMax);
        if (request.BatchId is { } batch) Note(DeviceEventNames.TextResponse, batch);
        Tell(new DeviceEvent
        {
            Number = 0,
            Event = DeviceEventNames.TextResponse,
            Timestamp = now,
            MessageIds = request.AnsweredProviderMessageIds,
            Response = request.Text,
            Confidence = request.Confidence,
            ResponseId = request.MessageId,
            Author = request.Author,
            Offer = request.Offer,
        });
    }

    /// <summary>What became of a batch; an answer that came first makes the rest of the story idle.</summary>
    public void NoteBatch(string eventName, BatchRecord batch)
    {
        if (state.InstanceId.Length == 0 || !Note(eventName, batch.Id)) return;
        var answered = state.Noted.Contains(Key(DeviceEventNames.TextResponse, batch.Id));
        var told = new DeviceEvent { Number = 0, Event = DeviceEventNames.ProcessingUpdate, Timestamp = now, MessageIds = batch.ProviderMessageIds };
        switch (eventName)
        {
            case EventNames.ConversationFlushed when !answered && !state.Noted.Contains(Key(EventNames.BatchCompleted, batch.Id)):
                Tell(told with { Stage = "processing", Progress = 50 });
                break;
            case EventNames.BatchCompleted when !answered:
                Tell(told with { Stage = batch.Outcome ?? "noReply", Progress = 100 });
                break;
            case EventNames.BatchDeadLettered:
                Tell(told with
                {
                    Event = DeviceEventNames.ErrorResponse,
                    Error = "The message was received and could not be answered yet.",
                    ErrorCode = "batch_dead_lettered",
                });
                break;
            default:
                // Remembered, so that what comes late is not told.
                break;
        }

        Changed = true;
    }

    /// <summary>Messages that the device has now read, by our id: none by a number that it cannot have from here.</summary>
    public IReadOnlyList<string> Unread(long number) => number > state.LastEvent
        ? []
        : [.. state.Events.Where(one => one.Number > state.AcknowledgedEvent && one.Number <= number).Select(one => one.ResponseId).OfType<string>()];

    public void Acknowledge(long number)
    {
        if (number <= state.AcknowledgedEvent || number > state.LastEvent) return;
        state.AcknowledgedEvent = number;
        Changed = true;
    }

    private bool Note(string what, string batchId)
    {
        var key = Key(what, batchId);
        if (state.Noted.Contains(key)) return false;
        state.Noted.Add(key);
        if (state.Noted.Count > NotedMax) state.Noted.RemoveAt(0);
        Changed = true;
        return true;
    }

    private static string Key(string what, string batchId) => $"{what}/{batchId}";

    private void Tell(DeviceEvent told)
    {
        told = told with { Number = ++state.LastEvent };
        state.Events.Add(told);
        var oldest = now - TimeSpan.FromDays(options.EventDays);
        state.Events.RemoveAll(one => one.Timestamp < oldest);
        if (state.Events.Count > options.EventsMax) state.Events.RemoveRange(0, state.Events.Count - options.EventsMax);
        state.Outbox.Add(new DomainEvent
        {
            Id = ids.New(IdPrefix.Event),
            Name = told.Event,
            At = now,
            Instance = state.Instance,
            ConversationId = state.ConversationId,
            NoticeJson = JsonSerializer.Serialize(told, Json),
        });
        Changed = true;
    }
}
