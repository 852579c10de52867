namespace Waqtor.Api.Sandbox;

/// <summary>What the customer does on a phone: types a text, or chooses from what a message offers.</summary>
/// <param name="Text">1 to 4,096 characters; or else a choice.</param>
/// <param name="Choice">Id of a button or row on the phone's screen.</param>
/// <param name="ProviderMessageId">With a choice: the message that offers it. Default: the newest that does.</param>
public sealed record TypeRequest(string? Text, string? Choice = null, string? ProviderMessageId = null);
