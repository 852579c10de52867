using System.Text.Json.Serialization.Metadata;
using Dapper;
using Npgsql;
using Waqtor.Conversations;

namespace Waqtor.Archive;

/// <summary>
/// Writes a plan in one transaction of one or two statements per table, each over all rows (arrays, unnested). New
/// rows are inserted; rows that are there already are locked, joined and written. Ids are sorted, so that silos
/// writing the same rows wait for each other in one order.
/// </summary>
internal sealed class PostgresAppender(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    : IDisposable
{
    private const string InsertBatches =
        """
        WITH inserted AS (
            INSERT INTO batches (id, instance, conversation_id, opened_at, wakes_at, status, running, attempts, version, record)
            SELECT id, instance, conversation_id, opened_at, wakes_at, status, running, attempts, version, record::json
            FROM unnest(@id, @instance, @conversation, @openedAt, @wakesAt, @status, @running, @attempts, @version, @record)
                AS new (id, instance, conversation_id, opened_at, wakes_at, status, running, attempts, version, record)
            ON CONFLICT (id) DO NOTHING RETURNING id, segment
        ), begun AS (
            INSERT INTO segments (n) SELECT DISTINCT segment FROM inserted ON CONFLICT (n) DO NOTHING
        )
        SELECT id FROM inserted
        """;

    private const string FindBatches =
        "SELECT id, version, status, attempts FROM batches WHERE id = ANY(@id) ORDER BY id FOR UPDATE";

    private const string UpdateBatches =
        """
        UPDATE batches SET wakes_at = new.wakes_at, status = new.status, running = new.running, attempts = new.attempts,
            version = new.version, record = new.record::json
        FROM unnest(@id, @wakesAt, @status, @running, @attempts, @version, @record)
            AS new (id, wakes_at, status, running, attempts, version, record)
        WHERE batches.id = new.id
        """;

    private const string InsertMessages =
        $"""
        WITH inserted AS (
            INSERT INTO messages ({MessageRow.Columns})
            SELECT id, instance, conversation_id, sequence, direction, kind, status, doubtful,
                batch_id, provider_message_id, text, errors::json, history::json, body::json
            FROM unnest(@id, @instance, @conversation, @sequence, @direction, @kind, @status, @doubtful,
                @batch, @provider, @text, @errors, @history, @body) AS new ({MessageRow.Columns})
            ON CONFLICT (id) DO NOTHING RETURNING id, segment
        ), begun AS (
            INSERT INTO segments (n) SELECT DISTINCT segment FROM inserted ON CONFLICT (n) DO NOTHING
        )
        SELECT id FROM inserted
        """;

    private const string FindMessages =
        $"SELECT {MessageRow.Selection} FROM messages WHERE id = ANY(@id) ORDER BY id FOR UPDATE";

    private const string UpdateMessages =
        $"""
        UPDATE messages SET instance = new.instance, conversation_id = new.conversation_id, sequence = new.sequence,
            direction = new.direction, kind = new.kind, status = new.status,
            doubtful = new.doubtful, batch_id = new.batch_id, provider_message_id = new.provider_message_id,
            text = new.text, errors = new.errors::json, history = new.history::json, body = new.body::json
        FROM unnest(@id, @instance, @conversation, @sequence, @direction, @kind, @status, @doubtful,
            @batch, @provider, @text, @errors, @history, @body) AS new ({MessageRow.Columns})
        WHERE messages.id = new.id
        """;

    private const string UpsertConversations =
        """
        INSERT INTO conversations (id, instance, last_activity_at, contact_name, contact_phone, unread, paused, hidden, version, record)
        SELECT id, instance, last_activity_at, contact_name, contact_phone, unread, paused, hidden, version, record::json
        FROM unnest(@id, @instance, @lastActivityAt, @name, @phone, @unread, @paused, @hidden, @version, @record)
            AS new (id, instance, last_activity_at, contact_name, contact_phone, unread, paused, hidden, version, record)
        ON CONFLICT (id) DO UPDATE SET last_activity_at = excluded.last_activity_at, contact_name = excluded.contact_name,
            contact_phone = excluded.contact_phone, unread = excluded.unread, paused = excluded.paused,
            hidden = excluded.hidden, version = excluded.version, record = excluded.record
        WHERE conversations.version < excluded.version
        """;

    private const string UpsertDeliveries =
        """
        INSERT INTO deliveries (id, instance, outcome, record)
        SELECT id, instance, outcome, record::json
        FROM unnest(@id, @instance, @outcome, @record) AS new (id, instance, outcome, record)
        ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, record = excluded.record
        WHERE deliveries.outcome = 1 AND excluded.outcome <> 1
        """;

    private const string InsertAudit =
        """
        INSERT INTO audit (event_id, at, instance, actor, action, target, ip)
        SELECT * FROM unnest(@id, @at, @instance, @actor, @action, @target, @ip)
        ON CONFLICT (event_id) DO NOTHING
        """;

    private const string AddCounts =
        """
        INSERT INTO queue_counters (instance, processed, retried)
        SELECT * FROM unnest(@instance, @processed, @retried)
        ON CONFLICT (instance) DO UPDATE SET processed = queue_counters.processed + excluded.processed,
            retried = queue_counters.retried + excluded.retried
        """;

    private readonly StoredJson _json = new();

    public void Dispose() => _json.Dispose();

    public async Task WriteAsync(AppendPlan plan)
    {
        plan.BeginWrite();
        // Batches first: they tell messages which batch they are in.
        await WriteBatchesAsync(plan);
        await WriteMessagesAsync(plan);
        await WriteConversationsAsync(plan);
        await WriteDeliveriesAsync(plan);
        await WriteAuditAsync(plan);
        // Last, because the counters are what all writers share: they are locked only until the commit that follows.
        await WriteCountsAsync(plan);
    }

    private async Task WriteBatchesAsync(AppendPlan plan)
    {
        if (plan.Batches.Count == 0) return;
        var batches = plan.Batches.Values.OrderBy(batch => batch.Id, StringComparer.Ordinal).ToArray();
        var inserted = await InsertAsync(InsertBatches, new
        {
            id = Map(batches, batch => batch.Id),
            instance = Map(batches, batch => StoredText.Clean(batch.Instance)),
            conversation = Map(batches, batch => batch.ConversationId),
            openedAt = Map(batches, batch => batch.OpenedAt.ToUnixTimeMilliseconds()),
            wakesAt = Map(batches, BatchColumns.WakesAt),
            status = Map(batches, batch => (long)batch.Status),
            running = Map(batches, batch => BatchColumns.IsRunning(batch) ? 1L : 0L),
            attempts = Map(batches, batch => (long)batch.Attempts),
            version = Map(batches, batch => StoredBatch.Of(batch).Version),
            record = Map(batches, batch => Json(StoredBatch.Kept(batch), ArchiveJson.Default.BatchRecord)),
        });
        foreach (var batch in batches.Where(batch => inserted.Contains(batch.Id))) plan.Accept(batch, null);
        if (inserted.Count == batches.Length) return;

        var found = await QueryAsync<(string Id, long Version, long Status, long Attempts)>(
            FindBatches, new { id = Map(batches.Where(batch => !inserted.Contains(batch.Id)), batch => batch.Id) });
        var newer = new List<BatchRecord>();
        foreach (var (id, version, status, attempts) in found)
        {
            var batch = plan.Batches[id];
            var stored = new StoredBatch(version, (BatchStatus)status, attempts);
            if (StoredBatch.Of(batch).CompareTo(stored) <= 0) continue;
            newer.Add(batch);
            plan.Accept(batch, stored);
        }

        if (newer.Count == 0) return;
        await ExecuteAsync(UpdateBatches, new
        {
            id = Map(newer, batch => batch.Id),
            wakesAt = Map(newer, BatchColumns.WakesAt),
            status = Map(newer, batch => (long)batch.Status),
            running = Map(newer, batch => BatchColumns.IsRunning(batch) ? 1L : 0L),
            attempts = Map(newer, batch => (long)batch.Attempts),
            version = Map(newer, batch => StoredBatch.Of(batch).Version),
            record = Map(newer, batch => Json(StoredBatch.Kept(batch), ArchiveJson.Default.BatchRecord)),
        });
    }

    private async Task WriteMessagesAsync(AppendPlan plan)
    {
        if (plan.Messages.Count == 0) return;
        var messages = plan.Messages.Values.OrderBy(message => message.Id, StringComparer.Ordinal).ToArray();
        var inserted = await InsertAsync(InsertMessages, Parameters(Map(messages, message => MessageRow.From(message, _json))));
        if (inserted.Count == messages.Length) return;

        var found = await QueryAsync<MessageRow>(
            FindMessages, new { id = Map(messages.Where(message => !inserted.Contains(message.Id)), message => message.Id) });
        var joined = new List<MessageRow>();
        foreach (var row in found)
        {
            var stored = MessageFacts.From(row);
            if (stored.Join(plan.Messages[row.Id])) joined.Add(MessageRow.From(stored, _json));
        }

        if (joined.Count > 0) await ExecuteAsync(UpdateMessages, Parameters(joined));
    }

    private static object Parameters(IReadOnlyCollection<MessageRow> rows) => new
    {
        id = Map(rows, row => row.Id),
        instance = Map(rows, row => row.Instance),
        conversation = Map(rows, row => row.ConversationId),
        sequence = Map(rows, row => row.Sequence),
        direction = Map(rows, row => row.Direction),
        kind = Map(rows, row => row.Kind),
        status = Map(rows, row => row.Status),
        doubtful = Map(rows, row => row.Doubtful),
        batch = Map(rows, row => row.BatchId),
        provider = Map(rows, row => row.ProviderMessageId),
        text = Map(rows, row => row.Text),
        errors = Map(rows, row => row.Errors),
        history = Map(rows, row => row.History),
        body = Map(rows, row => row.Body),
    };

    private Task WriteConversationsAsync(AppendPlan plan)
    {
        if (plan.Conversations.Count == 0) return Task.CompletedTask;
        var conversations = plan.Conversations.Values.OrderBy(one => one.Id, StringComparer.Ordinal).ToArray();
        return ExecuteAsync(UpsertConversations, new
        {
            id = Map(conversations, one => one.Id),
            instance = Map(conversations, one => StoredText.Clean(one.Instance)),
            lastActivityAt = Map(conversations, one => one.LastActivityAt.ToUnixTimeMilliseconds()),
            name = Map(conversations, one => StoredText.Clean(one.Contact.Name)),
            phone = Map(conversations, one => StoredText.CleanPhone(one.Contact.Phone)),
            unread = Map(conversations, one => (long)one.Unread),
            paused = Map(conversations, one => one.Paused ? 1L : 0L),
            hidden = Map(conversations, one => ConversationColumns.IsHidden(one) ? 1L : 0L),
            version = Map(conversations, one => one.Version),
            record = Map(conversations, one => Json(one, ArchiveJson.Default.ConversationRecord)),
        });
    }

    private Task WriteDeliveriesAsync(AppendPlan plan)
    {
        if (plan.Deliveries.Count == 0) return Task.CompletedTask;
        var deliveries = plan.Deliveries.Values.OrderBy(one => one.Id, StringComparer.Ordinal).ToArray();
        return ExecuteAsync(UpsertDeliveries, new
        {
            id = Map(deliveries, one => one.Id),
            instance = Map(deliveries, one => StoredText.Clean(one.Instance)),
            outcome = Map(deliveries, one => (long)one.Outcome),
            record = Map(deliveries, one => Json(one, ArchiveJson.Default.DeliveryRecord)),
        });
    }

    private Task WriteAuditAsync(AppendPlan plan)
    {
        if (plan.Audits.Count == 0) return Task.CompletedTask;
        var events = plan.Audits.Values.OrderBy(one => one.Id, StringComparer.Ordinal).ToArray();
        return ExecuteAsync(InsertAudit, new
        {
            id = Map(events, one => one.Id),
            at = Map(events, one => one.Audit!.At.ToUnixTimeMilliseconds()),
            instance = Map(events, one => StoredText.Clean(one.Instance)),
            actor = Map(events, one => StoredText.Clean(one.Audit!.Actor)),
            action = Map(events, one => StoredText.Clean(one.Audit!.Action)),
            target = Map(events, one => StoredText.Clean(one.Audit!.Target)),
            ip = Map(events, one => StoredText.Clean(one.Audit!.Ip)),
        });
    }

    private Task WriteCountsAsync(AppendPlan plan)
    {
        if (plan.Counts.Count == 0) return Task.CompletedTask;
        var counts = plan.Counts.OrderBy(one => one.Key, StringComparer.Ordinal).ToArray();
        return ExecuteAsync(AddCounts, new
        {
            instance = Map(counts, one => StoredText.Clean(one.Key)),
            processed = Map(counts, one => one.Value.Processed),
            retried = Map(counts, one => one.Value.Retried),
        });
    }

    private async Task<HashSet<string>> InsertAsync(string sql, object parameters) =>
        new(await QueryAsync<string>(sql, parameters), StringComparer.Ordinal);

    private Task<IEnumerable<T>> QueryAsync<T>(string sql, object parameters) =>
        connection.QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    private Task<int> ExecuteAsync(string sql, object parameters) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    private static TOut[] Map<TIn, TOut>(IEnumerable<TIn> rows, Func<TIn, TOut> column) => rows.Select(column).ToArray();

    private string Json<T>(T value, JsonTypeInfo<T> type) => _json.WriteText(value, type);
}
