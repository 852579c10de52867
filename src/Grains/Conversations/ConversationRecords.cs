using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>A conversation's state as the records everybody outside sees.</summary>
internal static class ConversationRecords
{
    private const int PreviewCharactersMax = 120;
    private static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);

    /// <summary>End of the service window; null: the contact never wrote.</summary>
    public static DateTimeOffset? WindowEndsAt(this ConversationState state) => state.LastInboundAt + ServiceWindow;

    public static ConversationRecord ToRecord(this ConversationState state, string id) => new()
    {
        Id = id,
        Instance = state.Instance,
        Contact = state.Contact,
        CreatedAt = state.CreatedAt,
        LastActivityAt = state.LastActivityAt,
        LastMessageText = state.LastMessageText,
        LastMessageKind = state.LastMessageKind,
        LastMessageDirection = state.LastMessageDirection,
        Unread = state.Unread,
        Paused = state.Pause is not null,
        PausedUntil = state.Pause?.Until,
        WindowEndsAt = state.WindowEndsAt(),
        MessageCount = state.Sequence,
        MovedTo = state.MovedTo,
        Version = state.Changes,
        OptedOutAt = state.OptedOutAt,
        DataRequest = state.DataRequest,
    };

    public static BatchRecord ToRecord(
        this BatchState batch, ConversationState state, string conversationId, BatchStatus status,
        DateTimeOffset? completedAt = null, string? outcome = null) => new()
        {
            Id = batch.Id,
            Instance = state.Instance,
            ConversationId = conversationId,
            MessageIds = Each(batch.Messages, static message => message.Id),
            ProviderMessageIds = Each(batch.Messages, static message => message.ProviderMessageId ?? ""),
            OpenedAt = batch.OpenedAt,
            DueAt = batch.DueAt,
            FlushedAt = batch.FlushedAt,
            Reason = batch.Reason,
            Status = status,
            Attempts = batch.Attempts,
            NextAttemptAt = batch.NextAttemptAt,
            CompletedAt = completedAt,
            Error = batch.Error,
            Outcome = outcome,
            Version = state.Changes,
            Reply = batch.Reply,
        };

    private static ImmutableArray<string> Each(List<MessageRecord> messages, Func<MessageRecord, string> value)
    {
        var values = new string[messages.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(messages[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <summary>The start of a text, cut between characters and never inside a surrogate pair.</summary>
    public static string? Preview(string? text)
    {
        if (text is null || text.Length <= PreviewCharactersMax) return text;
        var end = char.IsHighSurrogate(text[PreviewCharactersMax - 1]) ? PreviewCharactersMax - 1 : PreviewCharactersMax;
        return text[..end];
    }
}
