namespace Waqtor.SmartBot;

/// <summary>Turns texts that nothing answered into suggestions for a person. Nothing here teaches the model by itself: that costs accuracy.</summary>
public static class PhraseClusters
{
    /// <summary>Texts that are clustered at once; of more, the most frequent.</summary>
    public const int TextsMax = 2000;

    // Two ways of asking the same share about this much; below it, suggestions mix topics.
    private const double SimilarityMin = 0.3;
    private const int TextsForRarity = 20;
    private const int Dimensions = LexicalEmbeddingGenerator.DefaultDimensions;

    /// <summary>Groups texts that ask the same, the most worthwhile first: many messages, and a model that is undecided about them.</summary>
    /// <param name="texts">Unmatched texts; those that are the same in their normal form count together.</param>
    /// <param name="model">The model in use, to say which rule each may belong to; null for none.</param>
    /// <param name="lexicon">Concepts by which texts meet.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static IReadOnlyList<PhraseCluster> Cluster(
        IReadOnlyList<UnmatchedText> texts, SmartBotModel? model, ConceptLexicon lexicon, CancellationToken cancellationToken = default)
    {
        var distinct = Distinct(texts).OrderByDescending(text => text.Count).ThenBy(text => text.Text, StringComparer.Ordinal).Take(TextsMax).ToList();
        var vectors = new LexicalVectors(lexicon, Dimensions);
        // Among many texts a word that all share says little; among a handful it may be what they are about.
        if (distinct.Count >= TextsForRarity) vectors.WeighBy([.. distinct.Select(text => text.Text)]);
        var groups = new List<Group>();
        foreach (var text in distinct)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = vectors.Of(text.Text);
            var nearest = groups.Select(group => (Group: group, Similarity: group.SimilarityTo(vector))).DefaultIfEmpty().MaxBy(entry => entry.Similarity);
            if (nearest.Group is not null && nearest.Similarity >= SimilarityMin) nearest.Group.Add(text, vector);
            else groups.Add(new(text, vector));
        }

        return [.. groups.Select(group => group.ToCluster(model))
            .OrderByDescending(cluster => cluster.Count * (1 - cluster.Margin)).ThenBy(cluster => cluster.Representative, StringComparer.Ordinal)];
    }

    /// <summary>The texts from which the model would learn most: those between two rules, smallest margin first, without doubles.</summary>
    public static IReadOnlyList<UnmatchedText> SmallestMargin(IReadOnlyList<UnmatchedText> texts, SmartBotModel model, int count) =>
        [.. Distinct(texts).Select(text => (Text: text, model.Match(text.Text).Margin))
            .OrderBy(entry => entry.Margin).ThenBy(entry => entry.Text.Text, StringComparer.Ordinal)
            .Take(count).Select(entry => entry.Text)];

    private static IEnumerable<UnmatchedText> Distinct(IReadOnlyList<UnmatchedText> texts) => texts
        .GroupBy(text => TextNormalizer.Normalize(text.Text), StringComparer.Ordinal)
        .Where(group => group.Key.Any(char.IsLetterOrDigit))
        .Select(group => group.First() with { Count = group.Sum(text => Math.Max(text.Count, 1)) });

    private sealed class Group(UnmatchedText first, float[] vector)
    {
        private readonly float[] _sum = [.. vector];
        private readonly List<(UnmatchedText Text, float[] Vector)> _members = [(first, vector)];
        private double _norm = 1;

        public double SimilarityTo(float[] other) => Dot(_sum, other) / _norm;

        public void Add(UnmatchedText text, float[] other)
        {
            _members.Add((text, other));
            for (var index = 0; index < _sum.Length; index++) _sum[index] += other[index];
            _norm = Math.Sqrt(Dot(_sum, _sum));
        }

        public PhraseCluster ToCluster(SmartBotModel? model)
        {
            var ordered = _members.OrderByDescending(member => SimilarityTo(member.Vector)).Select(member => member.Text).ToList();
            var match = model?.Match(ordered[0].Text) ?? MatchResult.None;
            var rule = match is { IsOutOfScope: false, Top.Count: > 0 } ? match.Top[0].RuleId : null;
            return new(ordered[0].Text, ordered, ordered.Sum(text => text.Count), rule, match.Confidence, match.Margin);
        }

        private static double Dot(float[] first, float[] second) => System.Numerics.Vector.IsHardwareAccelerated ? Fast(first, second) : Plain(first, second);

        private static double Plain(float[] first, float[] second) => first.Zip(second, (a, b) => (double)a * b).Sum();

        private static double Fast(float[] first, float[] second)
        {
            var sum = System.Numerics.Vector<float>.Zero;
            var width = System.Numerics.Vector<float>.Count;
            for (var index = 0; index + width <= first.Length; index += width)
            {
                sum += new System.Numerics.Vector<float>(first, index) * new System.Numerics.Vector<float>(second, index);
            }

            return System.Numerics.Vector.Sum(sum);
        }
    }
}
