using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Waqtor.ProcessKit;

/// <summary>
/// The program on a port and a data folder of its own. It can be killed, frozen, stopped and started again; port and
/// data stay, as they do for a service that its supervisor restarts.
/// </summary>
public sealed class WaqtorServer : IAsyncDisposable
{
    public const string AdminKey = "process-tests-admin-key";

    private readonly Lock _outputLock = new();
    private readonly Queue<string> _output = [];
    private readonly HttpClient _health = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly bool _ownsData;
    private Process? _process;

    public WaqtorServer(string? dataPath = null, int? port = null)
    {
        _ownsData = dataPath is null;
        DataPath = dataPath ?? Directory.CreateTempSubdirectory("waqtor-").FullName;
        Port = port ?? FreePort();
        Client = new WaqtorClient(Url, AdminKey);
    }

    public string DataPath { get; }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    public WaqtorClient Client { get; }

    /// <summary>Variables of the next start, over those every start gets.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A command that the program is started under, for example <c>strace</c> with its arguments.</summary>
    public IReadOnlyList<string> Wrapper { get; set; } = [];

    /// <summary>How long a start may take before it has failed. Default: 60 s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>When each death was ordered and when the next start was ready: what timing rules must forgive.</summary>
    public List<Outage> Outages { get; } = [];

    public int ProcessId => _process!.Id;

    public bool HasExited => _process?.HasExited ?? true;

    public int ExitCode => _process!.ExitCode;

    /// <summary>The last lines the program wrote.</summary>
    public string Output
    {
        get { lock (_outputLock) return string.Join(System.Environment.NewLine, _output); }
    }

    /// <summary>Starts and waits until <c>/health/ready</c> answers 200. Answers how long that took.</summary>
    public async Task<TimeSpan> StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await LaunchAsync();
        await Eventually.TrueAsync(() => $"{Url}/health/ready to answer 200; the program wrote:\n{Output}", StartTimeout, async () =>
        {
            if (HasExited)
                throw new InvalidOperationException($"The program ended with code {ExitCode} while starting:\n{Output}");
            return await IsReadyAsync();
        });
        if (Outages is [.., { ReadyAt: null } last])
            Outages[^1] = last with { ReadyAt = TimeProvider.System.GetUtcNow() };
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Starts without waiting for anything.</summary>
    public async Task LaunchAsync()
    {
        var program = await PublishedProgram.PathAsync();
        string[] command = [.. Wrapper, "dotnet", program, "--urls", Url];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = DataPath,
        };
        foreach (var variable in start.Environment.Keys.Where(IsNotTheirs).ToList())
            start.Environment.Remove(variable);
        start.Environment["Waqtor__AdminKey"] = AdminKey;
        start.Environment["Waqtor__DataPath"] = DataPath;
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        // A disk that lost its power may have lost the folder as well.
        Directory.CreateDirectory(DataPath);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process?.Dispose();
        _process = process;
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _health.GetAsync($"{Url}/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary><c>kill -9</c>: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        Outages.Add(new Outage(TimeProvider.System.GetUtcNow()));
        _process!.Kill(entireProcessTree: Wrapper.Count > 0);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the program to stop (<c>SIGTERM</c>) and waits; answers how long it took.</summary>
    public async Task<TimeSpan> StopAsync(TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        Outages.Add(new Outage(TimeProvider.System.GetUtcNow()));
        Signals.AskToStop(ProcessId);
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        try
        {
            await _process!.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program still ran {timeout.TotalSeconds:0} s after SIGTERM; it wrote:\n{Output}");
        }
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits for the program to end by itself.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        await _process!.WaitForExitAsync(limit.Token);
        return ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            _process!.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        _health.Dispose();
        Client.Dispose();
        if (_ownsData)
            Directory.Delete(DataPath, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Settings of whoever runs the tests must not reach the program under test.
    private static bool IsNotTheirs(string variable) =>
        variable.StartsWith("Waqtor", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || variable.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase);

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_outputLock)
        {
            _output.Enqueue(line);
            if (_output.Count > 200) _output.Dequeue();
        }
    }
}
