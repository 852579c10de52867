using System.Data.Common;
using System.Text.Json.Serialization.Metadata;
using Dapper;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>
/// The lists, with the same SQL on both databases. Text is searched with LIKE: letters of the Latin alphabet without
/// regard to case (PostgreSQL: those of its locale), all others exactly, anywhere in the text.
/// </summary>
internal sealed class ArchiveQueries(IArchiveStore store, IOptions<ArchiveOptions> options) : IArchiveQueries
{
    /// <summary>Overdue entries are narrow and meant for a machine that goes through all of them.</summary>
    public const int OverdueMax = 10_000;

    private const int Open = (int)BatchStatus.Open;
    private const int Dead = (int)BatchStatus.Dead;
    private const int Stored = (int)DeliveryOutcome.Stored;

    public Task<Page<ConversationRecord>> ListConversationsAsync(ConversationFilter filter, CancellationToken cancellationToken)
    {
        var query = Query(new PageOrder("conversations", "last_activity_at"))
            .InInstances(filter.AllowedInstances, filter.Instance)
            .After(filter.Cursor)
            .Without("hidden = 0");
        if (filter.Phone is { } phone) query.InScope("contact_phone = @phone", "phone", StoredText.CleanPhone(phone)!);
        if (filter.Paused is { } paused)
        {
            if (paused) query.InScope("paused = 1");
            else query.Matching("paused = 0");
        }

        if (filter.Unread is { } unread) query.Matching(unread ? "unread > 0" : "unread = 0");
        return store.ReadAsync(
            async connection =>
            {
                if (!string.IsNullOrWhiteSpace(filter.Search)) await SearchAsync(connection, query, filter, cancellationToken);
                return await RecordsAsync(connection, "conversations", query, filter.Limit, ArchiveJson.Default.ConversationRecord, cancellationToken);
            },
            cancellationToken);
    }

    public Task<ConversationRecord?> GetConversationAsync(string id, CancellationToken cancellationToken) =>
        GetAsync("conversations", id, ArchiveJson.Default.ConversationRecord, cancellationToken);

    public Task<Page<MessageRecord>> ListMessagesAsync(MessageFilter filter, CancellationToken cancellationToken)
    {
        var query = Query(new PageOrder(filter.Ascending ? "messages+" : "messages", Ascending: filter.Ascending))
            .InInstances(filter.AllowedInstances, filter.Instance)
            .Without("body IS NOT NULL");
        if (filter.Direction is { } direction) query.Matching($"direction = {(int)direction}");
        if (filter.Status is MessageStatus.Pending or MessageStatus.Failed) query.InScope($"status IN (1, 5) AND status = {(int)filter.Status}");
        else if (filter.Status is { } status) query.Matching($"status = {(int)status}");
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            query.SearchFor(filter.Search);
            query.Matching(query.Like("text"));
        }

        if (filter.ConversationId is not null)
        {
            return store.ReadAsync(
                connection => SegmentReader.ReadAsync<MessageRow, MessageRecord>(
                    connection,
                    new SegmentOrder(filter.Ascending ? "conversation+" : "conversation", "messages", "sequence", filter.Ascending),
                    MessageRow.Selection,
                    query,
                    filter.ConversationId,
                    filter.Cursor,
                    filter.Limit,
                    row => new PageCursor(row.Segment, row.Id, row.Sequence),
                    row => row.ToRecord(),
                    cancellationToken),
                cancellationToken);
        }

        query.After(filter.Cursor);
        return store.ReadAsync(
            connection => PageReader.ReadAsync<MessageRow, MessageRecord>(
                connection,
                "messages",
                MessageRow.Selection,
                query,
                filter.Limit,
                options.Value.SearchRowsMax,
                row => new PageCursor(0, row.Id),
                row => row.ToRecord(),
                cancellationToken),
            cancellationToken);
    }

    public Task<MessageRecord?> GetMessageAsync(string id, CancellationToken cancellationToken) => store.ReadAsync(
        async connection =>
        {
            var row = await connection.QueryFirstOrDefaultAsync<MessageRow>(new CommandDefinition(
                $"SELECT {MessageRow.Selection} FROM messages WHERE id = @id AND body IS NOT NULL",
                new { id = StoredText.Clean(id) },
                cancellationToken: cancellationToken));
            return row?.ToRecord();
        },
        cancellationToken);

    public Task<Page<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken)
    {
        var query = Query(new PageOrder("batches"))
            .InInstances(filter.AllowedInstances, filter.Instance, indexed: false)
            .Without($"status <> {Open}");
        if (filter.Status is BatchStatus.Dead) query.InScope($"status = {Dead}");
        else if (filter.Status is BatchStatus.Processing) query.InScope("status < 2 AND status = 1");
        else if (filter.Status is { } status) query.Matching($"status = {(int)status}");
        if (filter.ConversationId is not null)
        {
            return store.ReadAsync(
                connection => SegmentReader.ReadAsync<RecordRow, BatchRecord>(
                    connection,
                    new SegmentOrder("batches+", "batches", "opened_at", Ascending: true),
                    "id, opened_at AS Position, segment, record",
                    query,
                    filter.ConversationId,
                    filter.Cursor,
                    filter.Limit,
                    row => new PageCursor(row.Segment, row.Id, row.Position),
                    row => row.Read(ArchiveJson.Default.BatchRecord),
                    cancellationToken),
                cancellationToken);
        }

        query.After(filter.Cursor);
        return store.ReadAsync(
            connection => RecordsAsync(connection, "batches", query, filter.Limit, ArchiveJson.Default.BatchRecord, cancellationToken),
            cancellationToken);
    }

    public Task<BatchRecord?> GetBatchAsync(string id, CancellationToken cancellationToken) =>
        GetAsync("batches", id, ArchiveJson.Default.BatchRecord, cancellationToken);

    public Task<Page<DeliveryRecord>> ListDeliveriesAsync(DeliveryFilter filter, CancellationToken cancellationToken)
    {
        var query = Query(new PageOrder("deliveries"))
            .InInstances(filter.AllowedInstances, filter.Instance)
            .After(filter.Cursor);
        if (filter.Outcome is DeliveryOutcome.Stored) query.Matching($"outcome = {Stored}");
        else if (filter.Outcome is { } outcome) query.InScope($"outcome <> {Stored} AND outcome = {(int)outcome}");
        return store.ReadAsync(
            connection => RecordsAsync(connection, "deliveries", query, filter.Limit, ArchiveJson.Default.DeliveryRecord, cancellationToken),
            cancellationToken);
    }

    public Task<DeliveryRecord?> GetDeliveryAsync(string id, CancellationToken cancellationToken) =>
        GetAsync("deliveries", id, ArchiveJson.Default.DeliveryRecord, cancellationToken);

    public Task<QueueStats> GetQueueStatsAsync(
        IReadOnlyCollection<string>? allowedInstances, string? instance, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = Query(new PageOrder("stats")).InInstances(allowedInstances, instance);
        var and = query.Where.Length == 0 ? "" : query.Where.Replace(" WHERE ", " AND ", StringComparison.Ordinal);
        // One statement, so that the figures are of one moment.
        var sql =
            $"""
            SELECT a.pending, a.in_flight AS InFlight, a.oldest, c.processed, c.retried, d.dead
            FROM (SELECT CAST(COALESCE(SUM(1 - running), 0) AS BIGINT) AS pending,
                         CAST(COALESCE(SUM(running), 0) AS BIGINT) AS in_flight,
                         MIN(CASE WHEN running = 0 THEN opened_at END) AS oldest
                  FROM batches WHERE status < 2{and}) a
            CROSS JOIN (SELECT CAST(COALESCE(SUM(processed), 0) AS BIGINT) AS processed,
                               CAST(COALESCE(SUM(retried), 0) AS BIGINT) AS retried
                        FROM queue_counters{query.Where}) c
            CROSS JOIN (SELECT COUNT(*) AS dead FROM batches WHERE status = {Dead}{and}) d
            """;
        return store.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleAsync<StatsRow>(new CommandDefinition(sql, query.Parameters, cancellationToken: cancellationToken));
                return row.ToStats(now);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<OverdueBatch>> ListOverdueAsync(
        DateTimeOffset dueBefore, DateTimeOffset dueAfter, OverdueBatch? behind, int limit, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<OverdueBatch>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<OverdueRow>(new CommandDefinition(
                    """
                    SELECT id, conversation_id AS ConversationId, wakes_at AS WakesAt FROM batches
                    WHERE status < 2 AND (wakes_at < @before OR wakes_at > @after)
                    AND wakes_at >= @behindAt AND (wakes_at > @behindAt OR id > @behindId)
                    ORDER BY wakes_at, id LIMIT @limit
                    """,
                    new
                    {
                        before = dueBefore.ToUnixTimeMilliseconds(),
                        after = dueAfter.ToUnixTimeMilliseconds(),
                        behindAt = behind?.DueAt.ToUnixTimeMilliseconds() ?? long.MinValue,
                        behindId = behind?.BatchId ?? "",
                        limit = (long)Math.Clamp(limit, 1, OverdueMax),
                    },
                    cancellationToken: cancellationToken));
                return [.. rows.Select(row => row.ToOverdue())];
            },
            cancellationToken);

    private ListQuery Query(PageOrder order) => new(store.Dialect, order);

    // By name, phone, or the text of a message among the newest that the caller may see: what others have costs nothing.
    private async Task SearchAsync(DbConnection connection, ListQuery query, ConversationFilter filter, CancellationToken cancellationToken)
    {
        var messages = Query(new PageOrder("messages")).InInstances(filter.AllowedInstances, filter.Instance);
        var end = await PageReader.EndOfStretchAsync(connection, "messages", messages, options.Value.SearchRowsMax, cancellationToken);
        query.Parameters.Add("newest", end ?? "");
        query.SearchFor(filter.Search!);
        messages.InScope("id >= @newest").Matching(query.Like("text"));
        query.Matching(
            $"({query.Like("contact_name")} OR {query.Like("contact_phone")} OR id IN (SELECT conversation_id FROM messages{messages.Where}))");
    }

    private Task<Page<T>> RecordsAsync<T>(
        DbConnection connection, string table, ListQuery query, int limit, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        PageReader.ReadAsync<RecordRow, T>(
            connection,
            table,
            $"id, {query.Order.Position} AS Position, record",
            query,
            limit,
            options.Value.SearchRowsMax,
            row => row.Cursor,
            row => row.Read(type),
            cancellationToken);

    private Task<T?> GetAsync<T>(string table, string id, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => store.ReadAsync(
        async connection =>
        {
            var record = await connection.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
                $"SELECT record FROM {table} WHERE id = @id", new { id = StoredText.Clean(id) }, cancellationToken: cancellationToken));
            return record is null ? null : StoredJson.Read(record, type);
        },
        cancellationToken);
}
