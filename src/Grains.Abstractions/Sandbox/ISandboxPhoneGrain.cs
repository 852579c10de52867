using System.Collections.Immutable;
using Waqtor.Messages;

namespace Waqtor.Sandbox;

/// <summary>One simulated phone: its screen, and the receipts it has yet to send. Key: <see cref="SandboxPhoneKey"/>.</summary>
[Alias("waqtor.ISandboxPhoneGrain")]
public interface ISandboxPhoneGrain : IGrainWithStringKey
{
    /// <summary>The customer types: shows the text and answers the message to deliver.</summary>
    [Alias("TypeAsync")]
    Task<InboundMessage> TypeAsync(string name, string text);

    /// <summary>The customer chooses what a message on the screen offers. Null: nothing there has this option.</summary>
    [Alias("ChooseAsync")]
    Task<InboundMessage?> ChooseAsync(string name, string optionId, string? providerMessageId);

    /// <summary>Shows what the business sent and sends the receipts in their time. Idempotent by provider id.</summary>
    [Alias("ShowAsync")]
    Task ShowAsync(SandboxDelivery delivery);

    /// <summary>What the phone shows, oldest first, at most the last 200.</summary>
    [Alias("ReadAsync")]
    Task<ImmutableArray<SandboxMessage>> ReadAsync();

    /// <summary>Empties the screen; receipts not yet sent are not sent.</summary>
    [Alias("ClearAsync")]
    Task ClearAsync();
}
