using System.ComponentModel.DataAnnotations;
using Waqtor.Api.Addresses;

namespace Waqtor.Api.Realtime;

/// <summary>Limits and lists of the realtime feed.</summary>
public sealed class RealtimeOptions
{
    public const string Section = "Realtime";

    /// <summary>Connections open at once on a node, over all transports, 1 to 1,000,000. Default: 15,000.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 15_000;

    /// <summary>Rooms (topics with an id, such as <c>instance:shop</c>) of one connection, 1 to 1,000. Default: 10.</summary>
    [Range(1, 1_000)]
    public int RoomsMax { get; set; } = 10;

    /// <summary>Bytes that may wait for one connection, 16,384 to 67,108,864; beyond it progress is folded, else the connection ends. Default: 524,288.</summary>
    [Range(16_384, 67_108_864)]
    public int QueueBytesMax { get; set; } = 512 * 1_024;

    /// <summary>The same for events of high priority, 16,384 to 67,108,864. Default: 1,048,576.</summary>
    [Range(16_384, 67_108_864)]
    public int QueueBytesMaxHighPriority { get; set; } = 1_024 * 1_024;

    /// <summary>Events of each topic that a node keeps ready for those who come back, 1 to 100,000; older ones come from the topic itself. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int ReadyEventsMax { get; set; } = 1_000;

    /// <summary>Bytes of the events kept ready for one topic, 16,384 to 1,073,741,824. Default: 2,097,152.</summary>
    [Range(16_384, 1_073_741_824)]
    public int ReadyBytesMax { get; set; } = 2 * 1_024 * 1_024;

    /// <summary>Seconds after which a topic is asked for events whose hint was lost, 1 to 60. Default: 5.</summary>
    [Range(1, 60)]
    public int PollSeconds { get; set; } = 5;

    /// <summary>Seconds a connection has to authenticate, 1 to 60. Default: 5.</summary>
    [Range(1, 60)]
    public int AuthenticateSeconds { get; set; } = 5;

    /// <summary>Seconds a one-use ticket can be used, 5 to 600. Default: 60.</summary>
    [Range(5, 600)]
    public int TicketSeconds { get; set; } = 60;

    /// <summary>Seconds between the heartbeats of an event stream, 5 to 30. Default: 15.</summary>
    [Range(5, 30)]
    public int StreamHeartbeatSeconds { get; set; } = 15;

    /// <summary>Seconds between pings of a WebSocket, which is cut when two stay unanswered, 1 to 300. Default: 30.</summary>
    [Range(1, 300)]
    public int PingSeconds { get; set; } = 30;

    /// <summary>Milliseconds after which a client of an event stream that ended should come back, 100 to 60,000. Default: 2,000.</summary>
    [Range(100, 60_000)]
    public int RetryMilliseconds { get; set; } = 2_000;

    /// <summary>Seconds a connection that is being closed has to take its last words, 1 to 60. Default: 5.</summary>
    [Range(1, 60)]
    public int CloseSeconds { get; set; } = 5;

    /// <summary>Messages a connection may send at once, 1 to 100,000; one comes back each second. Default: 60.</summary>
    [Range(1, 100_000)]
    public int MessagesMax { get; set; } = 60;

    /// <summary>Messages all connections of one address may send at once, 1 to 1,000,000; a sixtieth comes back each second. Default: 600.</summary>
    [Range(1, 1_000_000)]
    public int AddressMessagesMax { get; set; } = 600;

    /// <summary>Messages over the limit that are answered by a warning; with the next the connection is closed. 1 to 1,000. Default: 5.</summary>
    [Range(1, 1_000)]
    public int ViolationsMax { get; set; } = 5;

    /// <summary>Bytes of one frame from a client, 10,240 to 16,777,216; a longer one closes the connection. Default: 1,048,576.</summary>
    [Range(10_240, 16_777_216)]
    public int FrameBytesMax { get; set; } = 1_024 * 1_024;

    /// <summary>Bytes a second from one address, 10,240 to 1,073,741,824; more closes the connection. Default: 4,194,304.</summary>
    [Range(10_240, 1_073_741_824)]
    public int AddressBytesPerSecondMax { get; set; } = 4 * 1_024 * 1_024;

    /// <summary>
    /// Origins of web pages that may connect, divided by semicolons, such as <c>https://desk.example</c>. Pages of this server's own
    /// origin always may. <c>*</c>: all. Default: none.
    /// </summary>
    [OriginList]
    public string AllowedOrigins { get; set; } = "";

    /// <summary>Addresses and networks that may connect, divided by semicolons, such as <c>10.0.0.0/8</c>. Default: all.</summary>
    [AddressList]
    public string AllowedAddresses { get; set; } = "";

    /// <summary>Addresses and networks without limits of rate, divided by semicolons. Default: none.</summary>
    [AddressList]
    public string TrustedAddresses { get; set; } = "";
}
