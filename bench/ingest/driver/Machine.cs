using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>On what something was measured.</summary>
public static class Machine
{
    public static async Task<string> DescribeAsync()
    {
        var cpu = Line("/proc/cpuinfo", "model name");
        var memory = long.Parse(Line("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1_048_576;
        var disk = await AskAsync("findmnt", "-no", "FSTYPE", "-T", Repository.Root);
        var commit = await AskAsync("git", "-C", Repository.Root, "describe", "--always", "--dirty");
        var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string[] versions =
        [
            RuntimeInformation.FrameworkDescription,
            "Node " + (await AskAsync("node", "--version")).TrimStart('v'),
            "Redis " + Word(await AskAsync("redis-server", "--version"), "v="),
            "wrk " + Word(await AskAsync("wrk", "--version"), "wrk ").Replace("debian/", "", StringComparison.Ordinal),
        ];
        return $"Measured {date} at {commit}: {Environment.ProcessorCount} x {cpu}, {memory} GiB, {disk}, Linux {await AskAsync("uname", "-r")}, "
            + $"{string.Join(", ", versions)}; load generator on the same machine.";
    }

    private static string Line(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?";

    private static string Word(string text, string before)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        return start < 0 ? "?" : text[(start + before.Length)..].Split(' ', '\n')[0];
    }

    private static async Task<string> AskAsync(string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return (await process.StandardOutput.ReadToEndAsync()).Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "?";
        }
    }
}
