using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace Waqtor.Archive;

/// <summary>
/// Reads what one conversation has in a table whose index by conversation is kept in segments (see the schema): it
/// goes from segment to segment, in order, until the page is full.
/// </summary>
internal static class SegmentReader
{
    public static async Task<Page<T>> ReadAsync<TRow, T>(
        DbConnection connection,
        SegmentOrder order,
        string selection,
        ListQuery query,
        string conversation,
        string? cursor,
        int limit,
        Func<TRow, PageCursor> cursorOf,
        Func<TRow, T> read,
        CancellationToken cancellationToken)
    {
        query.InScope("t.segment = s.n AND t.conversation_id = @conversation", "conversation", StoredText.Clean(conversation)!);
        if (PageCursor.Decode(cursor, order.List) is { } after)
        {
            query.Parameters.Add("segment", after.Position);
            query.Parameters.Add("place", after.Sequence);
            query.InScope(order.After, "id", after.Id);
        }

        limit = Math.Clamp(limit, 1, PageReader.LimitMax);
        query.Parameters.Add("limit", (long)limit + 1);
        var rows = (await connection.QueryAsync<TRow>(new CommandDefinition(
            $"SELECT {selection} FROM segments s CROSS JOIN {order.Table} t{query.Where}{order.OrderBy} LIMIT @limit",
            query.Parameters,
            cancellationToken: cancellationToken))).AsList();
        var next = rows.Count > limit ? cursorOf(rows[limit - 1]).Encode(order.List) : null;
        return new Page<T>(rows.Take(limit).Select(read).ToImmutableArray(), next);
    }
}
