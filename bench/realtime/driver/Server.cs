using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealtimeBench;

/// <summary>A server in a process of its own: ours, or the bare hub.</summary>
internal sealed class Server : IAsyncDisposable
{
    public const string Key = "the-key-of-the-benchmark";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Server(Process process, DirectoryInfo folder, int port)
    {
        (_process, _folder) = (process, folder);
        Port = port;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Http.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    public int Port { get; }

    public HttpClient Http { get; }

    public static async Task<Server> StartAsync(bool isBare, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("waqtor-bench-");
        var program = Path.GetFullPath(isBare ? "artifacts/Embedded/bin/BareHub/release/waqtor-bench-hub.dll" : "artifacts/Embedded/bin/Silo/release/waqtor.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", $"http://127.0.0.1:{port}"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["Waqtor__AdminKey"] = Key,
            ["Waqtor__DataPath"] = folder.FullName,
            ["Waqtor__Logging__Level"] = "Warning",
            ["Waqtor__Realtime__TrustedAddresses"] = "127.0.0.0/8",
            // The raw clients here answer no pings.
            ["Waqtor__Realtime__PingSeconds"] = "300",
        }) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new Server(process, folder, port);
        while (!await server.IsReadyAsync(cancellationToken)) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        return server;
    }

    /// <summary>Resident memory in kilobytes.</summary>
    public long ResidentKilobytes() => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture)).First();

    public async Task PublishAsync(int payloadBytes, CancellationToken cancellationToken)
    {
        var body = $$$"""{"eventType":"message.received","target":"messages","payload":{"sent":{{{Stopwatch.GetTimestamp()}}},"pad":"{{{new string('x', payloadBytes)}}}"}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("/api/realtime/test", content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready", cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
