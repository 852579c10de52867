using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Sandbox;

/// <summary>How the simulated WhatsApp behaves under its faults.</summary>
public static class SandboxBehaviour
{
    /// <summary>How a send ends. Only <see cref="SendOutcome.Sent"/> and <see cref="SendOutcome.Ambiguous"/> take effect.</summary>
    public static SendOutcome Decide(SandboxFaults faults, Random random)
    {
        if (faults.RejectAll) return SendOutcome.Final;
        if (Happens(faults.ErrorRate, random)) return SendOutcome.Retry;
        return Happens(faults.TimeoutRate, random) ? SendOutcome.Ambiguous : SendOutcome.Sent;
    }

    /// <summary>The answer the sender gets; an answer that is lost says nothing of the id.</summary>
    public static SendResult Answer(SendRequest request, SendOutcome outcome, string providerMessageId) => new()
    {
        MessageId = request.MessageId,
        Attempt = request.Attempt,
        Outcome = outcome,
        ProviderMessageId = outcome == SendOutcome.Sent ? providerMessageId : null,
        Error = outcome switch
        {
            SendOutcome.Final => new MessageError("sandbox_rejected", "The sandbox refuses every message."),
            SendOutcome.Retry => new MessageError("sandbox_error", "The sandbox failed as it was told to."),
            SendOutcome.Ambiguous => new MessageError("sandbox_timeout", "The sandbox lost its answer as it was told to."),
            _ => null,
        },
    };

    /// <summary>Delivered and read, one latency apart; in the wrong order when disorder is on.</summary>
    public static ImmutableArray<SandboxReceipt> Receipts(SandboxFaults faults, DateTimeOffset now)
    {
        var latency = TimeSpan.FromMilliseconds(faults.LatencyMilliseconds);
        if (faults.NoReadReceipts) return [new(MessageStatus.Delivered, now + latency)];
        return faults.Disorder
            ? [new(MessageStatus.Read, now + latency), new(MessageStatus.Delivered, now + (2 * latency))]
            : [new(MessageStatus.Delivered, now + latency), new(MessageStatus.Read, now + (2 * latency))];
    }

    public static bool Happens(double rate, Random random) => rate > 0 && random.NextDouble() < rate;

    /// <summary>Within what <see cref="SandboxFaults"/> allows.</summary>
    public static SandboxFaults Clamp(SandboxFaults faults) => faults with
    {
        LatencyMilliseconds = Math.Clamp(faults.LatencyMilliseconds, 0, 60_000),
        ErrorRate = Rate(faults.ErrorRate),
        TimeoutRate = Rate(faults.TimeoutRate),
        DuplicateRate = Rate(faults.DuplicateRate),
    };

    private static double Rate(double rate) => double.IsNaN(rate) ? 0 : Math.Clamp(rate, 0, 1);
}
