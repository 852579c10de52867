using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Waqtor.Cluster.Tests.Stores;

/// <summary>One Redis and one PostgreSQL for all tests, started as an operator would: by <c>deploy/loopback</c>.</summary>
public sealed class StoreServers : IAsyncLifetime
{
    // The script's own distances from its base.
    private const int RedisOffset = 200;
    private const int PostgresOffset = 300;

    private readonly string _data = Directory.CreateTempSubdirectory("waqtor-cluster-").FullName;
    private int _base;
    private int _databases;

    /// <summary>As StackExchange.Redis writes it.</summary>
    public string Redis => $"127.0.0.1:{_base + RedisOffset}";

    public async Task InitializeAsync()
    {
        _base = FreeBase();
        // PostgreSQL refuses to run as root, and then its user must reach the folder.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_data, File.GetUnixFileMode(_data) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            await LoopbackAsync("stores");
        }
        catch
        {
            // Nothing else takes down what came up of it.
            await LoopbackAsync("wipe");
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await LoopbackAsync("wipe");
    }

    /// <summary>Starts what does not run, on the data there is.</summary>
    public Task StartAsync() => LoopbackAsync("stores");

    /// <summary><c>kill -9</c> of Redis, in the midst of whatever it does.</summary>
    public async Task KillRedisAsync()
    {
        var id = int.Parse(await File.ReadAllTextAsync(Path.Combine(_data, "redis", "pid")), System.Globalization.CultureInfo.InvariantCulture);
        using var redis = System.Diagnostics.Process.GetProcessById(id);
        redis.Kill();
        await redis.WaitForExitAsync();
    }

    /// <summary>An empty database of its own; the answer is its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"cluster{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(Postgres("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return Postgres(name);
    }

    private string Postgres(string database) => $"Host=127.0.0.1;Port={_base + PostgresOffset};Username=waqtor;Database={database}";

    private async Task LoopbackAsync(string command)
    {
        // The servers inherit what their starter writes to: with pipes we would wait for their end.
        var log = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(_data)}.log");
        var start = new ProcessStartInfo("/bin/bash") { WorkingDirectory = Repository.Root };
        foreach (var argument in new[] { "-c", "exec deploy/loopback \"$1\" >>\"$2\" 2>&1 </dev/null", "bash", command, log }) start.ArgumentList.Add(argument);
        start.Environment["LOOPBACK_DATA"] = _data;
        start.Environment["LOOPBACK_PORT"] = _base.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var process = System.Diagnostics.Process.Start(start)!;
        await process.WaitForExitAsync();
        var output = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0) throw new InvalidOperationException($"deploy/loopback {command} ended with {process.ExitCode}: {output}");
    }

    private static int FreeBase()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var candidate = Random.Shared.Next(20_000, 30_000);
            if (IsFree(candidate + RedisOffset) && IsFree(candidate + PostgresOffset)) return candidate;
        }

        throw new InvalidOperationException("No free ports were found.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
