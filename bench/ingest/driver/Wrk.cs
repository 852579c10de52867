using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Waqtor.Bench.Ingest;

/// <summary>The load generator: one thread, 64 connections, a request on each as soon as the one before is answered.</summary>
public static partial class Wrk
{
    private static int _run;

    public static async Task<LoadFigures> RunAsync(string url, int seconds)
    {
        // Ids must be new in every run: an id that was seen before is a duplicate, and cheap.
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId % 100_000:D5}{++_run % 1_000:D3}");
        using var wrk = Process.Start(new ProcessStartInfo("wrk")
        {
            ArgumentList =
            {
                "-t1", "-c64", $"-d{seconds}s", "--latency", "-s", Path.Combine(ProcessKit.Repository.Root, "bench/ingest/evolution.lua"),
                url + "/api/inbound/evolution/shop", "--", prefix,
            },
            RedirectStandardOutput = true,
        })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return new LoadFigures(
            double.Parse(PerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(Median().Match(output)),
            Milliseconds(NinetyNinth().Match(output)),
            Failures().Matches(output).Sum(match => match.Groups[1].Value.Split(',').Sum(part =>
                int.Parse(Digits().Match(part).Value, CultureInfo.InvariantCulture))));
    }

    private static double Milliseconds(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        * match.Groups[2].Value switch { "us" => .001, "ms" => 1, _ => 1_000 };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"\s50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Median();

    [GeneratedRegex(@"\s99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex NinetyNinth();

    [GeneratedRegex(@"(?:Non-2xx or 3xx responses|Socket errors): (.+)")]
    private static partial Regex Failures();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
