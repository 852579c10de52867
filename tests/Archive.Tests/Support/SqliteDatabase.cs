using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Waqtor.Archive.Tests;

/// <summary>A file in a temporary folder.</summary>
public sealed class SqliteDatabase : ITestDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waqtor-archive-").FullName;

    public string File => Path.Combine(_folder, "archive.db");

    public Task<Dictionary<string, string?>> CreateAsync() =>
        Task.FromResult(new Dictionary<string, string?> { ["DataPath"] = _folder });

    public async Task<DbConnection> ConnectAsync()
    {
        SqliteLibrary.EnsureLoaded();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
