namespace Waqtor.SmartBot;

/// <summary>A reply of the bot, or its decision to send none, with all that led to it.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-reply-record")]
public sealed record BotReplyRecord
{
    /// <summary>The batch that was answered.</summary>
    [Id(0)] public required string BatchId { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string ConversationId { get; init; }
    /// <summary>The message it went out as; null: nothing was sent, or the record is read from the history.</summary>
    [Id(3)] public string? MessageId { get; init; }
    [Id(4)] public required ReplyTrace Trace { get; init; }
}
