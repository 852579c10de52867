namespace Waqtor.SmartBot;

/// <summary>Makes the vectors of a training set's phrases.</summary>
internal static class PhraseVectors
{
    public static (Vectorizer Vectorizer, SparseRows Rows) Of(TrainingSet set, FeatureExtractor extractor, CancellationToken cancellationToken)
    {
        var holders = new Dictionary<uint, HashSet<int>>();
        var query = new QueryBuffer();
        foreach (var phrase in set.Phrases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            extractor.Extract(phrase.Text, query.Features);
            foreach (var hash in query.Features.Hashes)
            {
                if (!holders.TryGetValue(hash, out var classes)) holders[hash] = classes = [];
                classes.Add(phrase.Class);
            }
        }

        var vocabulary = Vocabulary.Of(new(holders.ToDictionary(entry => entry.Key, entry => entry.Value.Count)), set.Classes);
        var vectorizer = new Vectorizer(extractor, vocabulary);
        var rows = new SparseRows();
        foreach (var phrase in set.Phrases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectorizer.Fill(phrase.Text, query);
            rows.Add(query.Ids, query.Values);
        }

        return (vectorizer, rows);
    }

    /// <summary>Unit vectors of all phrases by the outside embedder, or null when any is missing: half a channel would favour the rules that have it.</summary>
    public static float[][]? Dense(TrainingSet set, TrainingOptions options)
    {
        if (options.PhraseVectors is not { } lookup || set.Rules.Count == 0) return null;
        var vectors = new float[set.Phrases.Count][];
        for (var row = 0; row < vectors.Length; row++)
        {
            if (lookup(set.Phrases[row].Text) is not { Length: > 0 } vector || DenseChannel.Unit(vector) is not { } unit) return null;
            if (unit.Length != (vectors[0] ?? unit).Length) return null;
            vectors[row] = unit;
        }

        return vectors;
    }
}
