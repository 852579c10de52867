using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Conversations;

/// <summary>The end of one attempt to send.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.send-result")]
public sealed record SendResult
{
    [Id(0)] public required string MessageId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required SendOutcome Outcome { get; init; }
    [Id(3)] public string? ProviderMessageId { get; init; }
    [Id(4)] public MessageError? Error { get; init; }
    /// <summary>How long the provider asked to wait, if it did.</summary>
    [Id(5)] public TimeSpan? RetryAfter { get; init; }
    /// <summary>The wait concerns this contact only (Meta's pair rate, 131056), not the whole number.</summary>
    [Id(6)] public bool ContactOnly { get; init; }
    /// <summary>An id of the contact that the provider's answer taught.</summary>
    [Id(7)] public ContactIdentity? Contact { get; init; }
    /// <summary>
    /// With <see cref="SendOutcome.Final"/>: the bot is to be silent, so that its message was taken back as a pause does it, and the batch that
    /// it answers is completed with this outcome. Null: it failed.
    /// </summary>
    [Id(8)] public string? TakenBackAs { get; init; }
}
