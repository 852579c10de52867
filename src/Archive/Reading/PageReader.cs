using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Waqtor.Archive;

/// <summary>
/// Reads one page of a list. A list with conditions no index answers looks through a bounded number of rows: when it
/// found too few among them, the page is short, or even empty, and its cursor goes on behind them.
/// </summary>
internal static class PageReader
{
    public const int LimitMax = 200;

    // Sorts after every id: those are ASCII letters, digits, hyphens and underscores.
    private const string AfterAllIds = "~";

    public static async Task<Page<T>> ReadAsync<TRow, T>(
        DbConnection connection,
        string table,
        string selection,
        ListQuery query,
        int limit,
        int rowsMax,
        Func<TRow, PageCursor> cursorOf,
        Func<TRow, T> read,
        CancellationToken cancellationToken)
    {
        limit = Math.Clamp(limit, 1, LimitMax);
        var order = query.Order;
        var where = query.Where;
        PageCursor? end = null;
        if (query.PassesOver && await EndOfStretchAsync(connection, table, query, rowsMax, cancellationToken) is { } value)
        {
            end = Behind(order, value);
            query.Parameters.Add("end", value);
            where += (where.Length == 0 ? " WHERE " : " AND ") + order.UpTo;
        }

        // One more than asked for shows whether there is a next page.
        query.Parameters.Add("limit", (long)limit + 1);
        var rows = (await connection.QueryAsync<TRow>(new CommandDefinition(
            $"SELECT {selection} FROM {table}{where}{order.OrderBy} LIMIT @limit",
            query.Parameters,
            cancellationToken: cancellationToken))).AsList();
        var next = rows.Count > limit ? cursorOf(rows[limit - 1]) : end;
        return new Page<T>(rows.Take(limit).Select(read).ToImmutableArray(), next?.Encode(order.List));
    }

    /// <summary>The id or position of the last row a page may look at; null: the list ends before.</summary>
    public static Task<object?> EndOfStretchAsync(
        DbConnection connection, string table, ListQuery query, int rowsMax, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(query.Parameters);
        parameters.Add("skip", (long)rowsMax - 1);
        var (select, orderBy) = query.Order.Stretch;
        return connection.ExecuteScalarAsync(new CommandDefinition(
            $"SELECT {select} FROM {table}{query.Scope}{orderBy} LIMIT 1 OFFSET @skip", parameters, cancellationToken: cancellationToken));
    }

    private static PageCursor Behind(PageOrder order, object value) => order.Column is null
        ? new PageCursor(0, (string)value)
        : new PageCursor(Convert.ToInt64(value, CultureInfo.InvariantCulture), order.Ascending ? AfterAllIds : "");
}
