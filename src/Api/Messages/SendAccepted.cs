using Waqtor.Messages;

namespace Waqtor.Api.Messages;

/// <summary>A message was accepted and will be sent in its turn.</summary>
public sealed record SendAccepted(string MessageId, DateTimeOffset Timestamp, MessageStatus Status = MessageStatus.Pending);
