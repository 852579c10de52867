using System.Collections.Immutable;
using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>A row of <c>messages</c>.</summary>
internal sealed class MessageRow
{
    /// <summary>The columns but for the segment, in the order in which they are inserted.</summary>
    public const string Columns =
        "id, instance, conversation_id, sequence, direction, kind, status, doubtful, "
        + "batch_id, provider_message_id, text, errors, history, body";

    /// <summary>The columns under the names of the members here.</summary>
    public const string Selection =
        "id, instance, conversation_id AS ConversationId, sequence, direction, kind, status, "
        + "doubtful, batch_id AS BatchId, provider_message_id AS ProviderMessageId, text, errors, history, body, segment";

    public required string Id { get; init; }
    public string Instance { get; init; } = "";
    public string ConversationId { get; init; } = "";
    public long Sequence { get; init; }
    public long Direction { get; init; }
    public long Kind { get; init; }
    public long Status { get; init; }
    public long Doubtful { get; init; }
    public string? BatchId { get; init; }
    public string? ProviderMessageId { get; init; }
    public string? Text { get; init; }
    public string? Errors { get; init; }
    public string? History { get; init; }

    /// <summary>Null: a stub.</summary>
    public string? Body { get; init; }

    /// <summary>Given by the database.</summary>
    public long Segment { get; init; }

    public static MessageRow From(MessageFacts facts, StoredJson json) => new()
    {
        Id = facts.Id,
        Instance = StoredText.Clean(facts.Record?.Instance) ?? "",
        ConversationId = facts.Record?.ConversationId ?? "",
        Sequence = facts.Record?.Sequence ?? 0,
        Direction = (long)(facts.Record?.Direction ?? 0),
        Kind = (long)(facts.Record?.Kind ?? 0),
        Status = (long)facts.Status,
        Doubtful = (long)facts.Settlement,
        BatchId = facts.BatchId,
        ProviderMessageId = StoredText.Clean(facts.ProviderMessageId),
        Text = StoredText.Clean(facts.Record?.Text),
        Errors = facts.Errors.IsEmpty ? null : json.WriteText(facts.Errors, ArchiveJson.Default.ImmutableArrayMessageError),
        History = facts.History.IsEmpty ? null : json.WriteText(facts.History, ArchiveJson.Default.ImmutableArrayStatusChange),
        Body = facts.Body is { } body ? json.WriteText(body, ArchiveJson.Default.MessageBody) : null,
    };

    public MessageBody? ReadBody() => Body is null ? null : StoredJson.Read(Body, ArchiveJson.Default.MessageBody);

    public ImmutableArray<StatusChange> ReadHistory() =>
        History is null ? [] : StoredJson.Read(History, ArchiveJson.Default.ImmutableArrayStatusChange);

    public ImmutableArray<MessageError> ReadErrors() =>
        Errors is null ? [] : StoredJson.Read(Errors, ArchiveJson.Default.ImmutableArrayMessageError);

    /// <summary>The message as everybody outside sees it. Not for stubs.</summary>
    public MessageRecord ToRecord() => ToRecord(ReadBody()!);

    public MessageRecord ToRecord(MessageBody body) => new()
    {
        Id = Id,
        ProviderMessageId = ProviderMessageId,
        Instance = Instance,
        ConversationId = ConversationId,
        Direction = (MessageDirection)Direction,
        Kind = (MessageKind)Kind,
        Text = Text,
        Status = (MessageStatus)Status,
        Timestamp = body.Timestamp,
        ReceivedAt = body.ReceivedAt,
        Sequence = Sequence,
        Content = body.Content,
        BatchId = BatchId,
        DeliveryId = body.DeliveryId,
        Author = body.Author,
        Writer = body.Writer,
        History = ReadHistory(),
        Errors = ReadErrors(),
        Doubtful = Doubtful == (long)Settlement.Doubtful,
    };
}
