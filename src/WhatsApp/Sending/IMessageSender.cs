using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>Makes one attempt to send through one provider.</summary>
public interface IMessageSender
{
    ProviderKind Provider { get; }

    /// <summary>
    /// Sends a text, with buttons or a list where the request has an offer.
    /// Never throws for what the network or the provider does, nor for cancellation: the result says how the attempt
    /// ended (<see cref="SendOutcome.Ambiguous"/> when the request went out and its answer was lost).
    /// </summary>
    Task<SendResult> SendTextAsync(InstanceConfiguration instance, SendRequest request, CancellationToken cancellationToken);
}
