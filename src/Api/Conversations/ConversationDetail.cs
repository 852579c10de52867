using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Api.Conversations;

/// <summary>A conversation with what is under way in it.</summary>
public sealed record ConversationDetail
{
    public required string Id { get; init; }
    public required string Instance { get; init; }
    public required ContactIdentity Contact { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastActivityAt { get; init; }
    public string? LastMessageText { get; init; }
    public MessageKind? LastMessageKind { get; init; }
    public MessageDirection? LastMessageDirection { get; init; }
    public int Unread { get; init; }
    public bool Paused { get; init; }
    public DateTimeOffset? PausedUntil { get; init; }
    public DateTimeOffset? WindowEndsAt { get; init; }
    public long MessageCount { get; init; }
    /// <summary>When the customer asked for no more messages; null: may be written to.</summary>
    public DateTimeOffset? OptedOutAt { get; init; }
    /// <summary>The bot asked the customer for data that a person or a form should collect.</summary>
    public bool NeedsDataCollection { get; init; }
    public ImmutableArray<string> RequestedFields { get; init; } = [];
    /// <summary>The open buffer, if any.</summary>
    public BatchRecord? Buffer { get; init; }
    /// <summary>Batches that wait, run or are dead, oldest first.</summary>
    public ImmutableArray<BatchRecord> Batches { get; init; } = [];
    /// <summary>Messages waiting to be sent.</summary>
    public int PendingSends { get; init; }

    internal static ConversationDetail For(FoundConversation found) => new()
    {
        Id = found.Record.Id,
        Instance = found.Record.Instance,
        Contact = found.Record.Contact,
        CreatedAt = found.Record.CreatedAt,
        LastActivityAt = found.Record.LastActivityAt,
        LastMessageText = found.Record.LastMessageText,
        LastMessageKind = found.Record.LastMessageKind,
        LastMessageDirection = found.Record.LastMessageDirection,
        Unread = found.Record.Unread,
        Paused = found.Record.Paused,
        PausedUntil = found.Record.PausedUntil,
        WindowEndsAt = found.Record.WindowEndsAt,
        MessageCount = found.Record.MessageCount,
        OptedOutAt = found.Record.OptedOutAt,
        NeedsDataCollection = found.Record.DataRequest?.NeedsDataCollection ?? false,
        RequestedFields = found.Record.DataRequest?.RequestedFields ?? [],
        Buffer = found.View?.Buffer,
        Batches = found.View?.Batches ?? [],
        PendingSends = found.View?.PendingSends ?? 0,
    };
}
