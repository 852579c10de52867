using Dapper;
using Microsoft.Data.Sqlite;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>
/// Writes a plan in one transaction of prepared statements. A new row costs one statement; a row that is there
/// already is read, joined and written by its row number, touching only the indexes whose columns can change.
/// </summary>
internal sealed class SqliteAppender : IDisposable
{
    // 16,384 rows per segment: its part of an index by conversation is some 300 pages, which stay in memory.
    private const int SegmentShift = 14;

    // Of what _findMessage answers.
    private const int BodyColumn = 14;

    // Some 6 MB.
    private const int KnownBatchesMax = 50_000;

    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteConnection _connection;
    private readonly StoredJson _json = new();
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _insertMessage;
    private readonly SqliteStatement _findMessage;
    private readonly SqliteStatement _updateMessage;
    private readonly SqliteStatement _updateStanding;
    private readonly SqliteStatement _completeStub;
    private readonly SqliteStatement _insertBatch;
    private readonly SqliteStatement _findBatch;
    private readonly SqliteStatement _updateBatch;
    private readonly SqliteStatement _insertConversation;
    private readonly SqliteStatement _findConversation;
    private readonly SqliteStatement _updateConversation;
    private readonly SqliteStatement _updatePhone;
    private readonly SqliteStatement _insertDelivery;
    private readonly SqliteStatement _insertAudit;
    private readonly SqliteStatement _addCount;
    private readonly SqliteStatement _insertSegment;

    // Every message carries its conversation's open buffer along, which is written only once: those that are known
    // need not be looked up again. Batches of a transaction that is not yet committed wait beside.
    private readonly HashSet<string> _knownBatches = new(StringComparer.Ordinal);
    private readonly List<string> _metBatches = [];

    // Counts rows as they arrive. One that was rolled back leaves a gap, which does no harm.
    private long _arrivals;

    public SqliteAppender(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _insertMessage = Prepare(
            $"INSERT INTO messages ({MessageRow.Columns}, segment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
        _findMessage = Prepare($"SELECT rowid, {MessageRow.Columns} FROM messages WHERE id = ?");
        _updateMessage = Prepare(
            "UPDATE messages SET kind = ?, status = ?, doubtful = ?, batch_id = ?, provider_message_id = ?, text = ?, "
            + "errors = ?, history = ?, body = ? WHERE rowid = ?");
        _updateStanding = Prepare(
            "UPDATE messages SET status = ?, doubtful = ?, batch_id = ?, provider_message_id = ?, errors = ?, history = ? WHERE rowid = ?");
        _completeStub = Prepare(
            "UPDATE messages SET instance = ?, conversation_id = ?, sequence = ?, direction = ? WHERE rowid = ?");
        _insertBatch = Prepare(
            "INSERT INTO batches (id, instance, conversation_id, opened_at, wakes_at, status, running, attempts, version, record, segment) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
        _findBatch = Prepare("SELECT rowid, version, status, attempts FROM batches WHERE id = ?");
        _updateBatch = Prepare(
            "UPDATE batches SET wakes_at = ?, status = ?, running = ?, attempts = ?, version = ?, record = ? WHERE rowid = ?");
        _insertConversation = Prepare(
            "INSERT INTO conversations (id, instance, last_activity_at, contact_name, contact_phone, unread, paused, hidden, version, record) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _findConversation = Prepare("SELECT rowid, version, contact_phone FROM conversations WHERE id = ?");
        _updateConversation = Prepare(
            "UPDATE conversations SET last_activity_at = ?, contact_name = ?, unread = ?, paused = ?, hidden = ?, version = ?, "
            + "record = ? WHERE rowid = ?");
        _updatePhone = Prepare("UPDATE conversations SET contact_phone = ? WHERE rowid = ?");
        _insertDelivery = Prepare(
            "INSERT INTO deliveries (id, instance, outcome, record) VALUES (?, ?, ?, ?) "
            + "ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, record = excluded.record "
            + "WHERE deliveries.outcome = 1 AND excluded.outcome <> 1");
        _insertAudit = Prepare(
            "INSERT INTO audit (event_id, at, instance, actor, action, target, ip) VALUES (?, ?, ?, ?, ?, ?, ?) "
            + "ON CONFLICT (event_id) DO NOTHING");
        _addCount = Prepare(
            "INSERT INTO queue_counters (instance, processed, retried) VALUES (?, ?, ?) ON CONFLICT (instance) DO UPDATE SET "
            + "processed = processed + excluded.processed, retried = retried + excluded.retried");
        _insertSegment = Prepare("INSERT INTO segments (n) VALUES (?) ON CONFLICT (n) DO NOTHING");
        // Never behind the last segment; a restart may leave it half full.
        _arrivals = (connection.ExecuteScalar<long>("SELECT COALESCE(MAX(n), -1) FROM segments") + 1) << SegmentShift;
    }

    /// <summary>Durable when it returns; throws when nothing of it was kept.</summary>
    public void Write(AppendPlan plan)
    {
        plan.BeginWrite();
        _begin.Execute();
        try
        {
            var firstSegment = _arrivals >> SegmentShift;
            // Batches first: they tell messages which batch they are in.
            foreach (var batch in plan.Batches.Values) WriteBatch(plan, batch);
            foreach (var facts in plan.Messages.Values) WriteMessage(facts);
            foreach (var conversation in plan.Conversations.Values) WriteConversation(conversation);
            foreach (var delivery in plan.Deliveries.Values) WriteDelivery(delivery);
            foreach (var (id, one) in plan.Audits) WriteAudit(id, one);
            foreach (var (instance, count) in plan.Counts)
            {
                _addCount.Bind(StoredText.Clean(instance)).Bind(count.Processed).Bind(count.Retried).Execute();
            }

            for (var segment = firstSegment; segment <= _arrivals >> SegmentShift; segment++) _insertSegment.Bind(segment).Execute();
            _commit.Execute();
            RememberBatches();
        }
        catch
        {
            _metBatches.Clear();
            foreach (var statement in _all) statement.Reset();
            // A full disk or an I/O error has SQLite roll back by itself; a second time would only hide that error.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0) _rollback.Execute();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
        _json.Dispose();
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, _json, sql);
        _all.Add(statement);
        return statement;
    }

    private void WriteMessage(MessageFacts facts)
    {
        // Most messages are new. Facts without the message itself are about one that is most likely there.
        if (facts.Record is not null && InsertMessage(facts)) return;
        _findMessage.Bind(facts.Id);
        if (!_findMessage.Read())
        {
            InsertMessage(facts);
            return;
        }

        var row = _findMessage.Integer(0);
        if (_findMessage.HasValue(BodyColumn) && facts.ChangedAt is null)
        {
            // The usual case: a status, or a message told again as it is by now. Its words are as they were.
            var standing = MessageFacts.From(ReadStanding(), whole: false);
            _findMessage.Reset();
            if (standing.JoinStanding(facts)) UpdateStanding(row, standing);
            return;
        }

        var stored = MessageFacts.From(ReadFound());
        _findMessage.Reset();
        var wasStub = stored.Record is null;
        if (stored.Join(facts)) UpdateMessage(row, stored, wasStub);
    }

    private void UpdateStanding(long row, MessageFacts facts) => _updateStanding
        .Bind((long)facts.Status)
        .Bind((long)facts.Settlement)
        .Bind(facts.BatchId)
        .Bind(StoredText.Clean(facts.ProviderMessageId))
        .BindList(facts.Errors, ArchiveJson.Default.ImmutableArrayMessageError)
        .BindList(facts.History, ArchiveJson.Default.ImmutableArrayStatusChange)
        .Bind(row)
        .Execute();

    private bool InsertMessage(MessageFacts facts)
    {
        var record = facts.Record;
        var isNew = _insertMessage
            .Bind(facts.Id)
            .Bind(StoredText.Clean(record?.Instance) ?? "")
            .Bind(record?.ConversationId ?? "")
            .Bind(record?.Sequence ?? 0)
            .Bind((long)(record?.Direction ?? MessageDirection.Inbound))
            .Bind((long)(record?.Kind ?? MessageKind.Unsupported))
            .Bind((long)facts.Status)
            .Bind((long)facts.Settlement)
            .Bind(facts.BatchId)
            .Bind(StoredText.Clean(facts.ProviderMessageId))
            .Bind(StoredText.Clean(record?.Text))
            .BindList(facts.Errors, ArchiveJson.Default.ImmutableArrayMessageError)
            .BindList(facts.History, ArchiveJson.Default.ImmutableArrayStatusChange)
            .BindJson(facts.Body, ArchiveJson.Default.MessageBody)
            .Bind(_arrivals >> SegmentShift)
            .Execute() > 0;
        if (isNew) _arrivals++;
        return isNew;
    }

    private void UpdateMessage(long row, MessageFacts facts, bool wasStub)
    {
        _updateMessage
            .Bind((long)(facts.Record?.Kind ?? MessageKind.Unsupported))
            .Bind((long)facts.Status)
            .Bind((long)facts.Settlement)
            .Bind(facts.BatchId)
            .Bind(StoredText.Clean(facts.ProviderMessageId))
            .Bind(StoredText.Clean(facts.Record?.Text))
            .BindList(facts.Errors, ArchiveJson.Default.ImmutableArrayMessageError)
            .BindList(facts.History, ArchiveJson.Default.ImmutableArrayStatusChange)
            .BindJson(facts.Body, ArchiveJson.Default.MessageBody)
            .Bind(row)
            .Execute();
        if (!wasStub || facts.Record is not { } record) return;
        _completeStub
            .Bind(StoredText.Clean(record.Instance))
            .Bind(record.ConversationId)
            .Bind(record.Sequence)
            .Bind((long)record.Direction)
            .Bind(row)
            .Execute();
    }

    private MessageRow ReadStanding() => new()
    {
        Id = "",
        Status = _findMessage.Integer(7),
        Doubtful = _findMessage.Integer(8),
        BatchId = _findMessage.Text(9),
        ProviderMessageId = _findMessage.Text(10),
        Errors = _findMessage.Text(12),
        History = _findMessage.Text(13),
    };

    private MessageRow ReadFound() => new()
    {
        Id = _findMessage.Text(1)!,
        Instance = _findMessage.Text(2)!,
        ConversationId = _findMessage.Text(3)!,
        Sequence = _findMessage.Integer(4),
        Direction = _findMessage.Integer(5),
        Kind = _findMessage.Integer(6),
        Status = _findMessage.Integer(7),
        Doubtful = _findMessage.Integer(8),
        BatchId = _findMessage.Text(9),
        ProviderMessageId = _findMessage.Text(10),
        Text = _findMessage.Text(11),
        Errors = _findMessage.Text(12),
        History = _findMessage.Text(13),
        Body = _findMessage.Text(BodyColumn),
    };

    private void WriteBatch(AppendPlan plan, BatchRecord batch)
    {
        if (batch.Status == BatchStatus.Open && _knownBatches.Contains(batch.Id)) return;
        _metBatches.Add(batch.Id);
        // An open buffer that was not met yet is new; what became of one that was is most likely there.
        if (batch.Status == BatchStatus.Open && InsertBatch(plan, batch)) return;
        _findBatch.Bind(batch.Id);
        if (!_findBatch.Read())
        {
            InsertBatch(plan, batch);
            return;
        }

        var row = _findBatch.Integer(0);
        var stored = new StoredBatch(_findBatch.Integer(1), (BatchStatus)_findBatch.Integer(2), _findBatch.Integer(3));
        _findBatch.Reset();
        if (StoredBatch.Of(batch).CompareTo(stored) <= 0) return;
        BindStanding(_updateBatch, batch)
            .Bind(row)
            .Execute();
        plan.Accept(batch, stored);
    }

    private bool InsertBatch(AppendPlan plan, BatchRecord batch)
    {
        _insertBatch
            .Bind(batch.Id)
            .Bind(StoredText.Clean(batch.Instance))
            .Bind(batch.ConversationId)
            .Bind(batch.OpenedAt.ToUnixTimeMilliseconds());
        var isNew = BindStanding(_insertBatch, batch)
            .Bind(_arrivals >> SegmentShift)
            .Execute() > 0;
        if (!isNew) return false;
        _arrivals++;
        plan.Accept(batch, null);
        return true;
    }

    // What changes of a batch, in the order of both statements' columns.
    private static SqliteStatement BindStanding(SqliteStatement statement, BatchRecord batch) => statement
        .Bind(BatchColumns.WakesAt(batch))
        .Bind((long)batch.Status)
        .Bind(BatchColumns.IsRunning(batch) ? 1 : 0)
        .Bind(batch.Attempts)
        .Bind(StoredBatch.Of(batch).Version)
        .BindJson(StoredBatch.Kept(batch), ArchiveJson.Default.BatchRecord);

    private void RememberBatches()
    {
        if (_knownBatches.Count > KnownBatchesMax) _knownBatches.Clear();
        _knownBatches.UnionWith(_metBatches);
        _metBatches.Clear();
    }

    private void WriteConversation(ConversationRecord conversation)
    {
        var phone = StoredText.CleanPhone(conversation.Contact.Phone);
        _findConversation.Bind(conversation.Id);
        if (!_findConversation.Read())
        {
            _insertConversation
                .Bind(conversation.Id)
                .Bind(StoredText.Clean(conversation.Instance))
                .Bind(conversation.LastActivityAt.ToUnixTimeMilliseconds())
                .Bind(StoredText.Clean(conversation.Contact.Name))
                .Bind(phone)
                .Bind(conversation.Unread)
                .Bind(conversation.Paused ? 1 : 0)
                .Bind(ConversationColumns.IsHidden(conversation) ? 1 : 0)
                .Bind(conversation.Version)
                .BindJson(conversation, ArchiveJson.Default.ConversationRecord)
                .Execute();
            return;
        }

        var row = _findConversation.Integer(0);
        var version = _findConversation.Integer(1);
        var knownPhone = _findConversation.Text(2);
        _findConversation.Reset();
        if (conversation.Version <= version) return;
        _updateConversation
            .Bind(conversation.LastActivityAt.ToUnixTimeMilliseconds())
            .Bind(StoredText.Clean(conversation.Contact.Name))
            .Bind(conversation.Unread)
            .Bind(conversation.Paused ? 1 : 0)
            .Bind(ConversationColumns.IsHidden(conversation) ? 1 : 0)
            .Bind(conversation.Version)
            .BindJson(conversation, ArchiveJson.Default.ConversationRecord)
            .Bind(row)
            .Execute();
        if (phone != knownPhone) _updatePhone.Bind(phone).Bind(row).Execute();
    }

    private void WriteDelivery(DeliveryRecord delivery) => _insertDelivery
        .Bind(delivery.Id)
        .Bind(StoredText.Clean(delivery.Instance))
        .Bind((long)delivery.Outcome)
        .BindJson(delivery, ArchiveJson.Default.DeliveryRecord)
        .Execute();

    private void WriteAudit(string id, Events.DomainEvent one) => _insertAudit
        .Bind(id)
        .Bind(one.Audit!.At.ToUnixTimeMilliseconds())
        .Bind(StoredText.Clean(one.Instance))
        .Bind(StoredText.Clean(one.Audit.Actor))
        .Bind(StoredText.Clean(one.Audit.Action))
        .Bind(StoredText.Clean(one.Audit.Target))
        .Bind(StoredText.Clean(one.Audit.Ip))
        .Execute();
}
