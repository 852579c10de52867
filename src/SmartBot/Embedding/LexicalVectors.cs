namespace Waqtor.SmartBot;

/// <summary>Hashes a text's features with signs into a unit vector of a fixed size.</summary>
internal sealed class LexicalVectors(ConceptLexicon lexicon, int dimensions)
{
    private Dictionary<uint, double>? _rarity;
    private readonly FeatureExtractor _extractor = new(lexicon);

    /// <summary>From here on, features count the more the fewer of these texts hold them.</summary>
    public void WeighBy(IReadOnlyCollection<string> texts)
    {
        var buffer = new FeatureBuffer();
        var holders = new Dictionary<uint, int>();
        foreach (var text in texts)
        {
            _extractor.Extract(text, buffer);
            for (var index = 0; index < buffer.Count; index++)
            {
                if (index == 0 || buffer.Hashes[index] != buffer.Hashes[index - 1]) holders[buffer.Hashes[index]] = holders.GetValueOrDefault(buffer.Hashes[index]) + 1;
            }
        }

        _rarity = holders.ToDictionary(entry => entry.Key, entry => Math.Log((1.0 + texts.Count) / (1 + entry.Value)) + 0.5);
    }

    public float[] Of(string text)
    {
        var buffer = new FeatureBuffer();
        _extractor.Extract(text, buffer);
        var vector = new float[dimensions];
        var channels = new double[FeatureExtractor.Channels];
        foreach (var (hash, weight) in Weighted(buffer)) channels[(int)FeatureExtractor.ChannelOf(hash)] += weight * weight;
        foreach (var (hash, weight) in Weighted(buffer))
        {
            var channel = (int)FeatureExtractor.ChannelOf(hash);
            var sign = ((hash >> 7) & 1) == 0 ? 1 : -1;
            vector[hash % (uint)dimensions] += (float)(sign * weight * Math.Sqrt(ChannelWeights.Shares[channel] / channels[channel]));
        }

        var norm = Math.Sqrt(vector.Sum(value => (double)value * value));
        if (norm > 0) for (var index = 0; index < vector.Length; index++) vector[index] /= (float)norm;
        return vector;
    }

    private IEnumerable<(uint Hash, double Weight)> Weighted(FeatureBuffer buffer)
    {
        for (var index = 0; index < buffer.Count;)
        {
            var hash = buffer.Hashes[index];
            var end = index + 1;
            while (end < buffer.Count && buffer.Hashes[end] == hash) end++;
            yield return (hash, (1 + Math.Log(end - index)) * (_rarity?.GetValueOrDefault(hash, 1) ?? 1));
            index = end;
        }
    }
}
