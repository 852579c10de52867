using Waqtor.SmartBot;

namespace Waqtor.Bench.SmartBot;

/// <summary>The yardstick: lower-cased words, TF-IDF, cosine with the mean of each intent's phrases.</summary>
internal sealed class PlainCentroid
{
    private readonly Dictionary<string, double> _rarity = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int Rule, double Weight)>> _held = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<RuleDefinition> _rules;

    public PlainCentroid(IReadOnlyList<RuleDefinition> rules)
    {
        _rules = rules;
        var phrases = rules.Sum(rule => rule.Phrases.Count);
        foreach (var word in rules.SelectMany(rule => rule.Phrases.SelectMany(phrase => Words(phrase).Distinct()))) _rarity[word] = _rarity.GetValueOrDefault(word) + 1;
        foreach (var word in _rarity.Keys.ToList()) _rarity[word] = Math.Log((1.0 + phrases) / (1 + _rarity[word])) + 1;
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var sum = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var (word, weight) in rules[rule].Phrases.SelectMany(Vector)) sum[word] = sum.GetValueOrDefault(word) + weight;
            var norm = Math.Sqrt(sum.Values.Sum(weight => weight * weight));
            foreach (var (word, weight) in sum)
            {
                if (!_held.TryGetValue(word, out var list)) _held[word] = list = [];
                list.Add((rule, weight / norm));
            }
        }
    }

    /// <summary>Intents best first, three of them, and the cosine of the first.</summary>
    public (List<string> Top, double Score) Match(string text)
    {
        var scores = new double[_rules.Count];
        foreach (var (word, weight) in Vector(text))
        {
            foreach (var (rule, held) in _held.GetValueOrDefault(word) ?? []) scores[rule] += weight * held;
        }

        var order = Enumerable.Range(0, scores.Length).OrderByDescending(rule => scores[rule]).Take(3).ToList();
        return ([.. order.Select(rule => _rules[rule].Id)], scores[order[0]]);
    }

    private static string[] Words(string text) => text.ToLowerInvariant().Split([' ', '.', ',', '?', '!', '؟', '،'], StringSplitOptions.RemoveEmptyEntries);

    private Dictionary<string, double> Vector(string text)
    {
        var vector = Words(text).CountBy(word => word, StringComparer.Ordinal).ToDictionary(word => word.Key, word => (1 + Math.Log(word.Value)) * _rarity.GetValueOrDefault(word.Key, 1), StringComparer.Ordinal);
        var norm = Math.Sqrt(vector.Values.Sum(weight => weight * weight));
        foreach (var word in vector.Keys.ToList()) vector[word] /= norm;
        return vector;
    }
}
