namespace Waqtor.Api.Messages;

/// <summary>A text with a list to be sent.</summary>
/// <param name="Instance">Name of the instance.</param>
/// <param name="ChatId">Phone number, WhatsApp address or user id; or else a conversation.</param>
/// <param name="ConversationId">Instead of a chat.</param>
/// <param name="Text">1 to 1,024 characters.</param>
/// <param name="Button">What opens the list: 1 to 20 characters.</param>
/// <param name="Sections">1 to 10, with at most 10 rows in all.</param>
/// <param name="Header">At most 60 characters.</param>
/// <param name="Footer">At most 60 characters.</param>
/// <param name="Options">More.</param>
public sealed record SendListRequest(
    string? Instance, string? ChatId, string? ConversationId, string? Text, string? Button, IReadOnlyList<SectionRequest>? Sections,
    string? Header, string? Footer, SendTextOptions? Options);
