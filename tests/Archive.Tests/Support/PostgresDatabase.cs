using System.Data.Common;
using Npgsql;

namespace Waqtor.Archive.Tests;

/// <summary>A schema of its own on the tests' server.</summary>
public sealed class PostgresDatabase(PostgresServer server) : ITestDatabase
{
    private string? _connectionString;

    public async Task<Dictionary<string, string?>> CreateAsync()
    {
        _connectionString = await server.CreateSchemaAsync();
        return new Dictionary<string, string?> { ["Archive:Provider"] = "postgres", ["Archive:ConnectionString"] = _connectionString };
    }

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connectionString is null) return;
        await using (var connection = new NpgsqlConnection(_connectionString)) NpgsqlConnection.ClearPool(connection);
        await server.DropSchemaAsync(_connectionString);
    }
}
