namespace Waqtor.Api.Messages;

/// <summary>A text with buttons to be sent.</summary>
/// <param name="Instance">Name of the instance.</param>
/// <param name="ChatId">Phone number, WhatsApp address or user id; or else a conversation.</param>
/// <param name="ConversationId">Instead of a chat.</param>
/// <param name="Text">1 to 1,024 characters.</param>
/// <param name="Buttons">1 to 3.</param>
/// <param name="Header">At most 60 characters.</param>
/// <param name="Footer">At most 60 characters.</param>
/// <param name="Options">More.</param>
public sealed record SendButtonRequest(
    string? Instance, string? ChatId, string? ConversationId, string? Text, IReadOnlyList<ButtonRequest>? Buttons,
    string? Header, string? Footer, SendTextOptions? Options);
