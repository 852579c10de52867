using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>A message to be sent, from its acceptance until the provider has it or it is given up.</summary>
[GenerateSerializer, Alias("waqtor.outgoing-message")]
public sealed class OutgoingMessage
{
    /// <summary>As it was accepted.</summary>
    [Id(0)] public required MessageRecord Record { get; set; }
    [Id(1)] public int Attempts { get; set; }
    /// <summary>When the running attempt was written, before the call to the provider; null while none runs.</summary>
    [Id(2)] public DateTimeOffset? AttemptStartedAt { get; set; }
    [Id(3)] public DateTimeOffset NotBefore { get; set; }
    [Id(4)] public string? IdempotencyKey { get; set; }
    /// <summary>When the wait until <see cref="NotBefore"/> began: its length survives a clock that is set. Null: no wait.</summary>
    [Id(5)] public DateTimeOffset? WaitsSince { get; set; }
    /// <summary>The <see cref="ProcessName"/> that began the newest attempt.</summary>
    [Id(6)] public string? AttemptBy { get; set; }
    /// <summary>Times that the provider asked it to wait.</summary>
    [Id(7)] public int Waits { get; set; }
    /// <summary>When the provider first did so; null: never.</summary>
    [Id(8)] public DateTimeOffset? AskedToWaitAt { get; set; }
    /// <summary>Free text, which the Cloud API takes inside the service window only: it is looked at again when its turn comes.</summary>
    [Id(9)] public bool InsideWindowOnly { get; set; }
}
