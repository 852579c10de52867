namespace Waqtor.Api.Messages;

/// <summary>A text to be sent.</summary>
/// <param name="Instance">Name of the instance.</param>
/// <param name="ChatId">Phone number, WhatsApp address or user id; or else a conversation.</param>
/// <param name="ConversationId">Instead of a chat.</param>
/// <param name="Text">1 to 4,096 characters.</param>
/// <param name="Options">More.</param>
public sealed record SendTextRequest(string? Instance, string? ChatId, string? ConversationId, string? Text, SendTextOptions? Options);
