using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>A conversation as the list shows it.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.conversation-record")]
public sealed record ConversationRecord
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required ContactIdentity Contact { get; init; }
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(4)] public required DateTimeOffset LastActivityAt { get; init; }
    /// <summary>The start of the last message, at most 120 characters.</summary>
    [Id(5)] public string? LastMessageText { get; init; }
    [Id(6)] public MessageKind? LastMessageKind { get; init; }
    [Id(7)] public MessageDirection? LastMessageDirection { get; init; }
    /// <summary>Inbound messages since a person last read.</summary>
    [Id(8)] public int Unread { get; init; }
    /// <summary>A person took over: messages are stored and shown, not answered.</summary>
    [Id(9)] public bool Paused { get; init; }
    [Id(10)] public DateTimeOffset? PausedUntil { get; init; }
    /// <summary>End of the 24-hour service window: outside it only templates go. Source: Meta, error 131047.</summary>
    [Id(11)] public DateTimeOffset? WindowEndsAt { get; init; }
    [Id(12)] public long MessageCount { get; init; }
    /// <summary>The conversation this one was joined to when both turned out to be the same contact.</summary>
    [Id(13)] public string? MovedTo { get; init; }
    /// <summary>Rises with every change; a record with a lower one is older.</summary>
    [Id(14)] public long Version { get; init; }
    /// <summary>When the customer asked for no more messages; null: may be written to. No bot and no campaign writes to it.</summary>
    [Id(15)] public DateTimeOffset? OptedOutAt { get; init; }
    /// <summary>What the bot asked to collect from the customer; null: nothing.</summary>
    [Id(16)] public DataRequest? DataRequest { get; init; }
}
