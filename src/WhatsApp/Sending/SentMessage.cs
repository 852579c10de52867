using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>What a provider's answer says of a message it took.</summary>
/// <param name="ProviderMessageId">Null: the answer names none.</param>
/// <param name="Contact">An id of the contact that was not known before.</param>
internal readonly record struct SentMessage(string? ProviderMessageId, ContactIdentity? Contact = null);
