using System.Buffers;
using System.Text;
using Orleans.Runtime;
using SQLitePCL;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>A prepared statement.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    private byte[] _text = new byte[256];

    public SqliteStatement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        EnsureText(value.Length);
        var length = Encoding.UTF8.GetBytes(value, _text);
        return BindText(index, length);
    }

    public SqliteStatement Bind(int index, GrainId grainId)
    {
        var type = grainId.Type.ToString();
        var key = grainId.Key.ToString();
        EnsureText(type.Length + 1 + key.Length);
        var length = Encoding.UTF8.GetBytes(type, _text);
        _text[length++] = (byte)'/';
        length += Encoding.UTF8.GetBytes(key, _text.AsSpan(length));
        return BindText(index, length);
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>Goes to the next row, if there is one.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        connection.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>
    /// Runs a statement without rows and makes it ready for the next time; returns the number of changed rows.
    /// </summary>
    public int Run()
    {
        try
        {
            Step();
            return connection.Changes;
        }
        finally
        {
            Reset();
        }
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    public string GetText(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.Dispose();

    private SqliteStatement BindText(int index, int length)
    {
        connection.Check(raw.sqlite3_bind_text(handle, index, _text.AsSpan(0, length)));
        return this;
    }

    private void EnsureText(int characters)
    {
        var needed = Encoding.UTF8.GetMaxByteCount(characters);
        if (_text.Length < needed) _text = new byte[needed];
    }
}
