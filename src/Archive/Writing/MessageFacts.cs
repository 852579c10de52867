using System.Collections.Immutable;
using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>
/// All that events said of one message. Facts join: in whatever order and however often they come, the outcome is
/// the same, so that redelivered and overtaking events do no harm.
/// </summary>
/// <remarks>
/// The rules of the join, one by one:
/// the message itself is what was told first, its text, kind and content what the last change said;
/// the status moves up by <see cref="Rank"/>; of two histories the longer one stays; errors accumulate;
/// doubt is raised once and ends with the first status of the provider; a batch or a provider's id, once known, stays.
/// </remarks>
internal sealed class MessageFacts(string id)
{
    public string Id { get; } = id;

    /// <summary>Null: something was said of a message that is not known yet.</summary>
    public MessageRecord? Record { get; private set; }

    public DateTimeOffset? ChangedAt { get; private set; }
    public string? ChangedBy { get; private set; }
    public MessageStatus Status { get; private set; }
    public Settlement Settlement { get; private set; }
    public string? BatchId { get; private set; }
    public string? ProviderMessageId { get; private set; }
    public ImmutableArray<StatusChange> History { get; private set; } = [];
    public ImmutableArray<MessageError> Errors { get; private set; } = [];

    /// <summary>Facts as they stand in the store.</summary>
    /// <param name="row">The row.</param>
    /// <param name="whole">False leaves out the message itself, when only its standing is to be joined.</param>
    public static MessageFacts From(MessageRow row, bool whole = true)
    {
        var body = whole ? row.ReadBody() : null;
        return new MessageFacts(row.Id)
        {
            Record = body is null ? null : row.ToRecord(body),
            ChangedAt = body?.ChangedAt,
            ChangedBy = body?.ChangedBy,
            Status = (MessageStatus)row.Status,
            Settlement = (Settlement)row.Doubtful,
            BatchId = row.BatchId,
            ProviderMessageId = row.ProviderMessageId,
            History = row.ReadHistory(),
            Errors = row.ReadErrors(),
        };
    }

    public void AddMessage(MessageRecord record, DateTimeOffset? changedAt, string? changedBy)
    {
        JoinRecord(record, changedAt, changedBy);
        JoinStatus(record.Status);
        if (record.Doubtful) Raise(Settlement.Doubtful);
        else if (SaysOutcome(record.Status)) Raise(Settlement.Settled);
        BatchId ??= record.BatchId;
        ProviderMessageId ??= record.ProviderMessageId;
        JoinHistory(record.History);
        JoinErrors(record.Errors);
    }

    /// <param name="change">What was said.</param>
    /// <param name="fromProvider">False when the event itself calls the message doubtful.</param>
    public void AddStatus(MessageStatusRecord change, bool fromProvider)
    {
        JoinStatus(change.Status);
        if (fromProvider && SaysOutcome(change.Status)) Raise(Settlement.Settled);
        ProviderMessageId ??= change.ProviderMessageId;
        JoinHistory(change.History);
        JoinErrors(change.Errors);
    }

    public void AddBatch(string batchId) => BatchId ??= batchId;

    /// <summary>Joins facts told later. True: something here changed.</summary>
    public bool Join(MessageFacts later)
    {
        var before = Record;
        if (later.Record is { } record) JoinRecord(record, later.ChangedAt, later.ChangedBy);
        return JoinStanding(later) | !ReferenceEquals(before, Record);
    }

    /// <summary>Joins all but the message itself: status, history, errors, doubt, batch and the provider's id.</summary>
    public bool JoinStanding(MessageFacts later)
    {
        var before = (Status, Settlement, BatchId, ProviderMessageId, History, Errors);
        JoinStatus(later.Status);
        Raise(later.Settlement);
        BatchId ??= later.BatchId;
        ProviderMessageId ??= later.ProviderMessageId;
        JoinHistory(later.History);
        JoinErrors(later.Errors);
        return before != (Status, Settlement, BatchId, ProviderMessageId, History, Errors);
    }

    /// <summary>Received, pending, sent, failed, delivered, read: a failure gives way to a proof of arrival.</summary>
    public static int Rank(MessageStatus status) => status switch
    {
        MessageStatus.Received => 0,
        MessageStatus.Pending => 1,
        MessageStatus.Sent => 2,
        MessageStatus.Failed => 3,
        MessageStatus.Delivered => 4,
        _ => 5,
    };

    /// <summary>The part that is stored as JSON; null for a message that is not known yet.</summary>
    public MessageBody? Body => Record is null ? null : new MessageBody
    {
        Timestamp = Record.Timestamp,
        ReceivedAt = Record.ReceivedAt,
        Content = Record.Content,
        DeliveryId = Record.DeliveryId,
        Author = Record.Author,
        Writer = Record.Writer,
        ChangedAt = ChangedAt,
        ChangedBy = ChangedBy,
    };

    private static bool SaysOutcome(MessageStatus status) => status is not (MessageStatus.Received or MessageStatus.Pending);

    private void JoinRecord(MessageRecord record, DateTimeOffset? changedAt, string? changedBy)
    {
        if (Record is not null && !IsLaterChange(changedAt, changedBy)) return;
        Record = Record is null
            ? record
            : Record with { Text = record.Text, Kind = record.Kind, Content = record.Content };
        ChangedAt = changedAt;
        ChangedBy = changedBy;
    }

    private bool IsLaterChange(DateTimeOffset? at, string? by) =>
        at is { } time && (ChangedAt is not { } known || time > known || (time == known && string.CompareOrdinal(by, ChangedBy) > 0));

    private void JoinStatus(MessageStatus status)
    {
        if (Rank(status) > Rank(Status)) Status = status;
    }

    private void Raise(Settlement settlement)
    {
        if (settlement > Settlement) Settlement = settlement;
    }

    private void JoinHistory(ImmutableArray<StatusChange> history)
    {
        if (history.IsDefaultOrEmpty || history.Length < History.Length) return;
        if (history.Length > History.Length || history[^1].At > History[^1].At) History = history;
    }

    private void JoinErrors(ImmutableArray<MessageError> errors)
    {
        if (errors.IsDefaultOrEmpty) return;
        foreach (var error in errors)
        {
            if (!Errors.Contains(error)) Errors = Errors.Add(error);
        }
    }
}
