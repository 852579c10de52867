using System.Data.Common;
using Dapper;

namespace Waqtor.Archive.Tests;

/// <summary>All rows as text, for comparing.</summary>
public static class TableDump
{
    private static readonly (string Table, string Columns)[] Tables =
    [
        ("messages", "id, instance, conversation_id, sequence, direction, kind, status, doubtful, batch_id, provider_message_id, text, errors, history, body"),
        ("batches", "*"),
        ("conversations", "*"),
        ("deliveries", "*"),
        ("audit", "event_id, at, instance, actor, action, target, ip"),
        // A row of zeros says what no row says.
        ("queue_counters WHERE processed <> 0 OR retried <> 0", "instance, processed, retried"),
    ];

    /// <param name="connection">Where to read.</param>
    /// <param name="prefix">Only rows whose first column begins so; it is left out everywhere.</param>
    public static async Task<string> ReadAsync(DbConnection connection, string prefix = "")
    {
        var rows = new List<string>();
        foreach (var (table, columns) in Tables)
        {
            var found = (await connection.QueryAsync($"SELECT {columns} FROM {table}")).Cast<IDictionary<string, object?>>();
            rows.AddRange(found
                .Where(row => ((string)row.First().Value!).StartsWith(prefix, StringComparison.Ordinal))
                .Select(row => $"{table}: {string.Join('|', row.Select(Show))}")
                .Order(StringComparer.Ordinal));
        }

        var dump = string.Join('\n', rows);
        return prefix.Length == 0 ? dump : dump.Replace(prefix, "", StringComparison.Ordinal);
    }

    // Errors are in the order in which they came, which may differ: their letters may not.
    private static string Show(KeyValuePair<string, object?> cell) =>
        cell is { Key: "errors", Value: string errors } ? string.Concat(errors.Order()) : $"{cell.Value}";
}
