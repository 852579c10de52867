using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>Puts together what a training found out.</summary>
internal static class ModelSummaries
{
    public static ModelSummary Of(TrainingSet set, int features, TrainedMatcher matcher)
    {
        var byRule = matcher.HeldOut.GroupBy(phrase => phrase.Class)
            .ToDictionary(group => set.Rules[group.Key].Id, group => group.Average(phrase => phrase.IsRight ? 1.0 : 0.0), StringComparer.Ordinal);
        double? accuracy = matcher.HeldOut.Count == 0 ? null : matcher.HeldOut.Average(phrase => phrase.IsRight ? 1.0 : 0.0);
        var languages = set.Rules.Select((rule, index) => (rule.Id, Languages: LanguagesOf(set, index)))
            .ToDictionary(entry => entry.Id, IReadOnlyList<string> (entry) => entry.Languages, StringComparer.Ordinal);
        var warnings = set.Warnings.Concat(MissingLanguages(set, languages)).ToList();
        if (!matcher.Calibration.IsFitted && set.Rules.Count > 0)
        {
            warnings.Add(new(null, "shipped_calibration", "There are too few rules or phrases to judge confidence by; the shipped scale is used (from 6 rules with 4 phrases each on it is fitted)."));
        }

        return new(set.Rules.Count, set.Phrases.Count(phrase => phrase.Class >= 0 && phrase.Class < set.Rules.Count), features, accuracy, byRule,
            matcher.Calibration.IsFitted, languages, warnings);
    }

    private static ImmutableArray<string> LanguagesOf(TrainingSet set, int rule) =>
        [.. set.Phrases.Where(phrase => phrase.Class == rule).Select(phrase => LanguageDetector.Detect(phrase.Text).Language).Where(language => language != "und").Distinct().Order(StringComparer.Ordinal)];

    // A language that most rules speak is one that customers write in: a rule without it stays silent for them.
    private static IEnumerable<ModelWarning> MissingLanguages(TrainingSet set, Dictionary<string, IReadOnlyList<string>> languages)
    {
        foreach (var language in (string[])["ar", "en"])
        {
            var speaking = languages.Values.Count(spoken => spoken.Contains(language) || spoken.Contains("mixed"));
            if (speaking * 2 < languages.Count || speaking == languages.Count) continue;
            foreach (var rule in set.Rules.Where(rule => rule.Language is null && !languages[rule.Id].Contains(language) && !languages[rule.Id].Contains("mixed")))
            {
                yield return new(rule.Id, "missing_language", $"'{rule.Name}' has no example phrase in '{language}', which most other rules have.");
            }
        }
    }
}
