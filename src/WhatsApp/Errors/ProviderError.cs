using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>How an error of a provider is treated.</summary>
/// <param name="Outcome"><see cref="SendOutcome.Wait"/>, <see cref="SendOutcome.Retry"/>, <see cref="SendOutcome.Final"/> or, where a
/// proxy says that it gave up waiting, <see cref="SendOutcome.Ambiguous"/>.</param>
/// <param name="ContactOnly">The wait concerns one contact, not the number.</param>
/// <param name="IsAuth">The credentials are at fault.</param>
public readonly record struct ProviderError(SendOutcome Outcome, bool ContactOnly = false, bool IsAuth = false);
