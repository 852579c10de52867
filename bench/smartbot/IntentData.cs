using Waqtor.SmartBot;

namespace Waqtor.Bench.SmartBot;

/// <summary>The data sets: folders of <c>text TAB intent</c> files. None of them is part of this repository.</summary>
internal sealed class IntentData(string folder)
{
    public string Folder => folder;

    public List<Example> Read(string file) => [.. File.ReadLines(Path.Combine(folder, file))
        .Select(line => line.Split('\t')).Where(cells => cells.Length == 2).Select(cells => new Example(cells[0], cells[1]))];

    /// <summary>Draws k phrases of each intent, the same for the same seed.</summary>
    public static List<Example> Draw(IEnumerable<Example> examples, int k, int seed)
    {
        var random = new Random(seed);
        return [.. examples.GroupBy(example => example.Intent).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.OrderBy(_ => random.Next()).Take(k))];
    }

    public static List<RuleDefinition> Rules(IEnumerable<Example> examples) => [.. examples.GroupBy(example => example.Intent)
        .Select(group => new RuleDefinition(group.Key, group.Key, [.. group.Select(example => example.Text)], []))];
}
