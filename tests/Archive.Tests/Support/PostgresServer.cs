using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Waqtor.Archive.Tests;

/// <summary>
/// A PostgreSQL for the tests: the one that WAQTOR_TEST_POSTGRES names (a connection string), else one of our own from
/// the installed programs, on a free port in a temporary folder, started by the first test and stopped after the last.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(60);
    private static readonly string? Given = Environment.GetEnvironmentVariable("WAQTOR_TEST_POSTGRES");
    private static readonly string? Programs = FindPrograms();

    private string? _connectionString = Given;
    private string? _folder;
    private int _schemas;

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing => Given is null && Programs is null
        ? "PostgreSQL is not installed (apt-get install postgresql) and WAQTOR_TEST_POSTGRES is not set."
        : null;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>An empty schema of its own on the server.</summary>
    public async Task<string> CreateSchemaAsync()
    {
        // The suite's tests take turns, so the first one starts it.
        _connectionString ??= await StartAsync();
        var schema = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}";
        await ExecuteAsync($"CREATE SCHEMA {schema}");
        return new NpgsqlConnectionStringBuilder(_connectionString) { SearchPath = schema, MaxPoolSize = 10 }.ToString();
    }

    public async Task DropSchemaAsync(string connectionString) =>
        await ExecuteAsync($"DROP SCHEMA {new NpgsqlConnectionStringBuilder(connectionString).SearchPath} CASCADE");

    public async Task DisposeAsync()
    {
        if (_folder is null) return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync("pg_ctl", "stop", "-D", _folder, "-m", "immediate");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("waqtor-postgres-").FullName;
        // The server refuses to run as root; then the folder and the server are the user postgres'.
        if (IsRoot) await RunProcessAsync("chown", ["postgres", _folder]);
        await RunAsync("initdb", "-D", _folder, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var port = FreePort();
        // Nothing here has to survive a crash of the machine; the sockets stay in the folder.
        await RunAsync(
            "pg_ctl", "start", "-w", "-D", _folder, "-l", Path.Combine(_folder, "log"),
            "-o", $"-h 127.0.0.1 -p {port} -k {_folder} -c fsync=off -c max_connections=100");
        return $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return IsRoot
            ? RunProcessAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunProcessAsync(path, arguments);
    }

    private static async Task RunProcessAsync(string program, string[] arguments)
    {
        // The server inherits what its starter writes to: with pipes we would wait for its end, so they go nowhere.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(CommandTimeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {arguments.FirstOrDefault()} did not end within {CommandTimeout}.");
        }

        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The newest installed version, as Debian and Ubuntu lay it out.
    private static string? FindPrograms()
    {
        const string Root = "/usr/lib/postgresql";
        if (!Directory.Exists(Root)) return null;
        return Directory.GetDirectories(Root)
            .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault();
    }
}
