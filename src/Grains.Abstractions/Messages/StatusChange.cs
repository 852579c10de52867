using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>One line of a message's status history.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.status-change")]
public sealed record StatusChange
{
    [Id(0)] public required MessageStatus Status { get; init; }
    [Id(1)] public required DateTimeOffset At { get; init; }
    [Id(2)] public ImmutableArray<MessageError> Errors { get; init; } = [];
    [Id(3)] public string? ProviderStatus { get; init; }
}
