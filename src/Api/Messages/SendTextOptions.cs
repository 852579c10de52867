namespace Waqtor.Api.Messages;

/// <param name="QuotedMessageId">The message answered: our id or the provider's.</param>
public sealed record SendTextOptions(string? QuotedMessageId);
