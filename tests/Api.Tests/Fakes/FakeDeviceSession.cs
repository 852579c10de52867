using System.Collections.Concurrent;
using Waqtor.Conversations;
using Waqtor.Devices;
using Waqtor.Sending;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>A device session in memory: takes messages once and in order, and tells what it was given to tell.</summary>
internal sealed class FakeDeviceSession(FakeCluster cluster, string id) : IDeviceSessionGrain
{
    private readonly Lock _gate = new();
    private DeviceSessionRecord? _record;

    public List<AcceptDeviceMessage> Messages { get; } = [];
    public List<DeviceEvent> Events { get; } = [];
    public ConcurrentQueue<long> Acknowledged { get; } = new();

    public Task<DeviceSessionRecord> OpenAsync(OpenDeviceSession command)
    {
        _record ??= new DeviceSessionRecord
        {
            Id = id, Instance = command.Instance, DeviceId = command.DeviceId, Name = command.Name, ConversationId = "cnv_of_" + id,
            CreatedAt = cluster.Clock.GetUtcNow(),
        };
        _record = _record with { ClosedAt = null };
        return Task.FromResult(_record);
    }

    public Task<bool> CloseAsync()
    {
        if (_record is null) return Task.FromResult(false);
        _record = _record with { ClosedAt = cluster.Clock.GetUtcNow(), Opening = _record.Opening + 1 };
        return Task.FromResult(true);
    }

    public Task<DeviceSessionRecord?> GetAsync() => Task.FromResult(_record);

    public Task<bool> HasAsync(string messageId) => Task.FromResult(Messages.Exists(message => message.MessageId == messageId));

    public async Task<DeviceAcceptResult> AcceptAsync(AcceptDeviceMessage command)
    {
        await cluster.WriteAsync();
        lock (_gate)
        {
            var last = Messages.Count == 0 ? 0 : Messages[^1].Sequence;
            var outcome = Messages.Exists(message => message.MessageId == command.MessageId) ? DeviceAcceptOutcome.Duplicate
                : command.Sequence <= last ? DeviceAcceptOutcome.OutOfOrder
                : DeviceAcceptOutcome.Stored;
            if (outcome == DeviceAcceptOutcome.Stored) Messages.Add(command);
            return new DeviceAcceptResult(outcome, "cnv_of_" + id, Messages[^1].Sequence);
        }
    }

    public Task<SendResult> DeliverAsync(SendRequest request) => throw new NotSupportedException();

    public Task NoteBatchAsync(string eventName, BatchRecord batch) => Task.CompletedTask;

    public Task AcknowledgeAsync(long number)
    {
        Acknowledged.Enqueue(number);
        return Task.CompletedTask;
    }

    public Task<DeviceEventPage> ReadEventsAsync(long after, TimeSpan patience) =>
        Task.FromResult(new DeviceEventPage([.. Events.Where(one => one.Number > after)], Events.Count, Missed: false));
}
