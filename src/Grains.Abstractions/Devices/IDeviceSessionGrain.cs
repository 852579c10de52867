using Orleans.Concurrency;
using Waqtor.Conversations;
using Waqtor.Sending;

namespace Waqtor.Devices;

/// <summary>
/// One device's talk with the business: takes its messages in order and once, hands them to the conversation, and
/// keeps what is to be told to the device until it has read it. Every call is durable when it returns.
/// Key: <see cref="DeviceSessionKey"/>.
/// </summary>
[Alias("waqtor.IDeviceSessionGrain")]
public interface IDeviceSessionGrain : IGrainWithStringKey
{
    /// <summary>Opens the session, or opens it again.</summary>
    [Alias("OpenAsync")]
    Task<DeviceSessionRecord> OpenAsync(OpenDeviceSession command);

    /// <summary>No device gets in with an older token any more; what was said stays. False: unknown session.</summary>
    [Alias("CloseAsync")]
    Task<bool> CloseAsync();

    /// <summary>Null: unknown session.</summary>
    [Alias("GetAsync")]
    Task<DeviceSessionRecord?> GetAsync();

    /// <summary>Whether a message of the device is stored: remembered for at least 8 days.</summary>
    [Alias("HasAsync")]
    Task<bool> HasAsync(string messageId);

    /// <summary>Hands a whole message to the conversation. Idempotent by the device's message id for at least 8 days.</summary>
    [Alias("AcceptAsync")]
    Task<DeviceAcceptResult> AcceptAsync(AcceptDeviceMessage command);

    /// <summary>The business answers: the device will be told. Idempotent by message id.</summary>
    [Alias("DeliverAsync")]
    Task<SendResult> DeliverAsync(SendRequest request);

    /// <summary>What became of a batch of this device's messages. Idempotent.</summary>
    [Alias("NoteBatchAsync")]
    Task NoteBatchAsync(string eventName, BatchRecord batch);

    /// <summary>The device has read everything up to this event: its messages are delivered. A number beyond the last event changes nothing.</summary>
    [Alias("AcknowledgeAsync")]
    Task AcknowledgeAsync(long number);

    /// <summary>
    /// Events after a number, oldest first; waits for one as long as told, at most 25 s, and not while the node stops. A device
    /// whose number is beyond the last event has it from another life of the session: it is told everything from the first.
    /// </summary>
    [Alias("ReadEventsAsync"), AlwaysInterleave, ResponseTimeout("00:01:00")]
    Task<DeviceEventPage> ReadEventsAsync(long after, TimeSpan patience);
}
