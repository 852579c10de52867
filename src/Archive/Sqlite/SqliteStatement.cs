using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Waqtor.Archive;

/// <summary>
/// A prepared statement that is bound and run many times without a parameter object or a string being made: the
/// archive writes every message of the server. Not for two threads.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly StoredJson _json;
    private int _next = 1;

    public SqliteStatement(SqliteConnection connection, StoredJson json, string sql)
    {
        _json = json;
        _connection = connection.Handle!;
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _connection);
    }

    /// <summary>Binds the next parameter.</summary>
    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, _next++, value));
        return this;
    }

    /// <inheritdoc cref="Bind(long)" />
    public SqliteStatement Bind(string? value)
    {
        if (value is null) return BindNull();
        if (value.Length == 0)
        {
            // An empty span would be bound as null.
            Check(raw.sqlite3_bind_text(_statement, _next++, string.Empty));
            return this;
        }

        _buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(value, _buffer);
        Check(raw.sqlite3_bind_text(_statement, _next++, _buffer.WrittenSpan));
        return this;
    }

    /// <summary>Binds the next parameter as JSON text; null as null.</summary>
    public SqliteStatement BindJson<T>(T? value, JsonTypeInfo<T> type)
    {
        if (value is null) return BindNull();
        Check(raw.sqlite3_bind_text(_statement, _next++, _json.Write(value, type)));
        return this;
    }

    /// <summary>Binds the next parameter as a JSON list; an empty one as null.</summary>
    public SqliteStatement BindList<T>(ImmutableArray<T> list, JsonTypeInfo<ImmutableArray<T>> type) =>
        list.IsDefaultOrEmpty ? BindNull() : BindJson(list, type);

    public SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, _next++));
        return this;
    }

    /// <summary>Runs it to its end. Answers the rows it changed.</summary>
    public int Execute()
    {
        var result = raw.sqlite3_step(_statement);
        Reset();
        if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _connection);
        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Runs it to its first row. True: there is one; <see cref="Reset"/> when it has been read.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        Reset();
        if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _connection);
        return false;
    }

    public bool HasValue(int column) => raw.sqlite3_column_type(_statement, column) != raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public string? Text(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL
        ? null
        : Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public void Reset()
    {
        // Its code repeats the error of the step, which has been seen to.
        _ = raw.sqlite3_reset(_statement);
        _next = 1;
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result == raw.SQLITE_OK) return;
        Reset();
        SqliteException.ThrowExceptionForRC(result, _connection);
    }
}
