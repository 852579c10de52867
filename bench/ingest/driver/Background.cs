using System.Diagnostics;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>A peer's process: started, awaited by its <c>/health/ready</c>, ended with the case.</summary>
public sealed class Background : IAsyncDisposable
{
    private readonly Process _process;

    private Background(Process process) => _process = process;

    public int Id => _process.Id;

    public static Background Start(string file, string? folder = null, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Read and forgotten: a full pipe would stop the peer.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Background(process);
    }

    public async Task ReadyAsync(string url)
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync($"{url} to answer", TimeSpan.FromSeconds(30), async () =>
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with code {_process.ExitCode}");
            try
            {
                using var answer = await http.GetAsync(url + "/health/ready");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}
