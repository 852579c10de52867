namespace Waqtor.Api.Messages;

/// <param name="QuotedMessageId">The message answered, of the same conversation: our id or the provider's.</param>
/// <param name="MentionedIds">
/// Of a text without buttons or a list: whom it mentions, at most 100 phone numbers or addresses of people
/// (<c>…@s.whatsapp.net</c>, <c>…@c.us</c>, <c>…@lid</c>). A phone shows a mention where the text has <c>@</c> and the same digits.
/// Not for <c>cloud</c>, which has no mentions, and not for devices.
/// </param>
public sealed record SendTextOptions(string? QuotedMessageId, IReadOnlyList<string?>? MentionedIds = null);
