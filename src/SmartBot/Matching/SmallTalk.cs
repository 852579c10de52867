using System.Reflection;

namespace Waqtor.SmartBot;

/// <summary>
/// Shipped texts that no rule of a business answers: greetings, thanks, chat, remarks. They compete with the rules as one more class, so that small
/// talk is not answered by the rule that happens to share a word with it.
/// </summary>
internal static class SmallTalk
{
    private static readonly List<List<string>> Groups = Read();

    /// <summary>The small talk that the operator's own phrases do not cover: a rule "hello" takes the greetings over.</summary>
    public static List<string> NotIn(IReadOnlyList<TrainingPhrase> phrases)
    {
        var own = phrases.Where(phrase => phrase.Class >= 0).Select(phrase => phrase.Normal).ToHashSet(StringComparer.Ordinal);
        return [.. Groups.Where(group => !group.Any(text => own.Contains(TextNormalizer.Normalize(text)))).SelectMany(group => group)
            .DistinctBy(TextNormalizer.Normalize)];
    }

    // A heading in brackets begins a group.
    private static List<List<string>> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("small-talk.txt")!;
        using var reader = new StreamReader(stream);
        var groups = new List<List<string>>();
        foreach (var line in reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[') groups.Add([]);
            else groups[^1].Add(line);
        }

        return groups;
    }
}
