using System.Collections.Immutable;
using Orleans.Concurrency;
using Waqtor.Conversations;
using Waqtor.Sending;

namespace Waqtor.Sandbox;

/// <summary>
/// The simulated WhatsApp of one sandbox instance: its phones, what they show, and its faults. What a phone types is
/// handed to ingest by whoever typed it; what is sent to a phone is shown and answered with receipts. Key: the instance's name.
/// </summary>
[Alias("waqtor.ISandboxGrain")]
public interface ISandboxGrain : IGrainWithStringKey
{
    /// <summary>Adds or renames a phone.</summary>
    [Alias("PutPhoneAsync")]
    Task<SandboxPhone> PutPhoneAsync(string phone, string name);

    [Alias("ListPhonesAsync")]
    Task<ImmutableArray<SandboxPhone>> ListPhonesAsync();

    /// <summary>False: no such phone.</summary>
    [Alias("RemovePhoneAsync")]
    Task<bool> RemovePhoneAsync(string phone);

    /// <summary>Puts a text on a phone's screen and answers the message to deliver, once or (by fault) twice. Empty: no such phone.</summary>
    [Alias("TypeAsync")]
    Task<ImmutableArray<Messages.InboundMessage>> TypeAsync(string phone, string text);

    /// <summary>
    /// Presses a button or chooses a row of what a phone shows: answers the message to deliver, once or (by fault) twice.
    /// Empty: no such phone. Null: nothing on its screen has this option.
    /// </summary>
    /// <param name="phone">The phone.</param>
    /// <param name="optionId">Id of the button or row.</param>
    /// <param name="providerMessageId">Of the message that offers it; null: the newest that does.</param>
    [Alias("ChooseAsync")]
    Task<ImmutableArray<Messages.InboundMessage>?> ChooseAsync(string phone, string optionId, string? providerMessageId);

    /// <summary>What the phone shows, oldest first, at most the last 200. Null: no such phone.</summary>
    [Alias("ReadScreenAsync")]
    Task<ImmutableArray<SandboxMessage>?> ReadScreenAsync(string phone);

    /// <summary>The business sends to a phone; unknown phones are made. Takes as long as the faults say.</summary>
    [Alias("SendAsync"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<SendResult> SendAsync(SendRequest request);

    [Alias("GetFaultsAsync")]
    Task<SandboxFaults> GetFaultsAsync();

    [Alias("SetFaultsAsync")]
    Task SetFaultsAsync(SandboxFaults faults);

    /// <summary>Takes all phones with their screens and the faults away: a new instance of the name begins with none.</summary>
    [Alias("ClearAsync")]
    Task ClearAsync();
}
