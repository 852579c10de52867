using System.Text.Json.Serialization;

namespace Waqtor.Messages;

/// <summary>Where a message stands. It only moves up: pending, sent, delivered, read; the number is the rank.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageStatus>))]
public enum MessageStatus
{
    /// <summary>An inbound message that is stored.</summary>
    Received = 0,
    /// <summary>Waits for its turn or for its next attempt.</summary>
    Pending = 1,
    /// <summary>The provider took it.</summary>
    Sent = 2,
    Delivered = 3,
    /// <summary>Read, or played where the platform says so; implies delivered.</summary>
    Read = 4,
    /// <summary>Will not arrive; the reasons are in the errors. A later delivered or read overrules it.</summary>
    Failed = 5,
}
