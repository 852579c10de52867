using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>A change of status of an outbound message.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.message-status-record")]
public sealed record MessageStatusRecord
{
    [Id(0)] public required string MessageId { get; init; }
    [Id(1)] public string? ProviderMessageId { get; init; }
    /// <summary>Where the message stands after it.</summary>
    [Id(2)] public required MessageStatus Status { get; init; }
    [Id(3)] public required DateTimeOffset At { get; init; }
    [Id(4)] public ImmutableArray<MessageError> Errors { get; init; } = [];
    /// <summary>The whole history, oldest first.</summary>
    [Id(5)] public ImmutableArray<StatusChange> History { get; init; } = [];
}
