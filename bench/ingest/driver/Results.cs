using System.Text;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>
/// The committed table: one section per scenario. A scenario that is run again replaces its own section and leaves the
/// others, each of which says when, on what and at which commit it was measured.
/// </summary>
public static class Results
{
    private const string Opening = """
        # What ingest reaches

        Made by `bench/ingest/run`; do not edit by hand. Ratios travel between machines, absolute figures do not.

        """;

    private static readonly string File = Path.Combine(Repository.Root, "bench", "ingest", "RESULTS.md");

    public static async Task WriteAsync(string scenario, string text)
    {
        var section = $"## {scenario}\n\n{await Machine.DescribeAsync()}\n\n{text.Trim()}\n";
        Console.WriteLine();
        Console.WriteLine(section);
        var sections = System.IO.File.Exists(File) ? Split(await System.IO.File.ReadAllTextAsync(File)) : [];
        var place = sections.FindIndex(other => other.StartsWith($"## {scenario}\n", StringComparison.Ordinal));
        if (place < 0) sections.Add(section);
        else sections[place] = section;
        await System.IO.File.WriteAllTextAsync(File, Opening + "\n" + string.Join("\n", sections));
    }

    private static List<string> Split(string text)
    {
        var sections = new List<StringBuilder>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) sections.Add(new StringBuilder());
            if (sections is [.., var current]) current.Append(line).Append('\n');
        }
        return [.. sections.Select(section => section.ToString().TrimEnd('\n') + "\n")];
    }
}
