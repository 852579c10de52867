using System.Diagnostics;
using Waqtor.ProcessKit;

namespace Waqtor.Process.Tests.Machine;

/// <summary><c>strace</c> attached to a running program, to watch its system calls or to make them fail.</summary>
public sealed class SystemCallTrace : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _strace;
    private readonly string _file = Path.GetTempFileName();

    private SystemCallTrace(int processId, string[] arguments) =>
        _strace = System.Diagnostics.Process.Start(
            new ProcessStartInfo("strace", ["-f", .. arguments, "-o", _file, "-p", $"{processId}"]) { RedirectStandardError = true })!;

    /// <summary>Attaches and waits until every thread is watched.</summary>
    public static async Task<SystemCallTrace> AttachAsync(int processId, params string[] arguments)
    {
        var trace = new SystemCallTrace(processId, arguments);
        var threads = Directory.GetDirectories($"/proc/{processId}/task");
        await Eventually.TrueAsync("strace to attach", TimeSpan.FromSeconds(10), () => Task.FromResult(threads.All(IsTraced)));
        return trace;
    }

    /// <summary>Detaches and answers the calls in order, one per line; a call that another one interrupted has two lines.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await DetachAsync();
        return await File.ReadAllLinesAsync(_file);
    }

    public async ValueTask DisposeAsync()
    {
        await DetachAsync();
        _strace.Dispose();
        File.Delete(_file);
    }

    private async Task DetachAsync()
    {
        if (_strace.HasExited) return;
        Signals.AskToStop(_strace.Id);
        await _strace.WaitForExitAsync();
    }

    private static bool IsTraced(string thread)
    {
        try
        {
            return File.ReadLines(Path.Combine(thread, "status"))
                .Any(line => line.StartsWith("TracerPid:", StringComparison.Ordinal) && !line.EndsWith("\t0", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return true; // The thread has ended meanwhile.
        }
    }
}
