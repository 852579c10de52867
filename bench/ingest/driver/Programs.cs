using System.Diagnostics;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>What the peers need, made ready once per run.</summary>
public static class Programs
{
    private static readonly Lazy<Task<string>> Bare = new(() => PublishedProgram.PublishAsync("bench/ingest/bare", "bench-bare"));
    private static readonly Lazy<Task<string>> Node = new(InstallNodeAsync);

    public static Task<string> BareAsync() => Bare.Value;

    public static Task<string> NodeAsync() => Node.Value;

    private static async Task<string> InstallNodeAsync()
    {
        var folder = Path.Combine(Repository.Root, "bench", "ingest", "node");
        using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder })!;
        await npm.WaitForExitAsync();
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm install in {folder} failed");
    }
}
