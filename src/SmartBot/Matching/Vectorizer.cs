namespace Waqtor.SmartBot;

/// <summary>Weighs the features of a text into a unit vector over a vocabulary.</summary>
internal sealed class Vectorizer(FeatureExtractor extractor, Vocabulary vocabulary)
{
    private static readonly float[] LogCounts = [.. Enumerable.Range(0, 64).Select(count => count == 0 ? 0 : (float)(1 + Math.Log(count)))];

    public Vocabulary Vocabulary => vocabulary;

    /// <summary>Fills the query; answers the share of its length that known features make up.</summary>
    public float Fill(ReadOnlySpan<char> text, QueryBuffer query)
    {
        extractor.Extract(text, query.Features);
        return Weigh(query);
    }

    public float Weigh(QueryBuffer query)
    {
        var hashes = query.Features.Hashes;
        query.Clear();
        Span<float> squares = stackalloc float[FeatureExtractor.Channels];
        Span<float> knownSquares = stackalloc float[FeatureExtractor.Channels];
        squares.Clear();
        knownSquares.Clear();
        for (var index = 0; index < hashes.Length;)
        {
            var hash = hashes[index];
            var end = index + 1;
            while (end < hashes.Length && hashes[end] == hash) end++;
            var id = vocabulary.Find(hash);
            var channel = (int)FeatureExtractor.ChannelOf(hash);
            var value = LogCounts[Math.Min(end - index, LogCounts.Length - 1)] * (id >= 0 ? vocabulary.Weights[id] : vocabulary.UnknownWeight);
            if (channel == (int)FeatureChannel.Stem) (value, channel) = (value * ChannelWeights.StemFactor, (int)FeatureChannel.Word);
            squares[channel] += value * value;
            if (id >= 0)
            {
                knownSquares[channel] += value * value;
                query.Add(id, value, (byte)channel);
            }

            index = end;
        }

        float known = 0;
        for (var channel = 0; channel < squares.Length; channel++)
        {
            if (squares[channel] <= 0) continue;
            known += (float)ChannelWeights.Shares[channel] * knownSquares[channel] / squares[channel];
            squares[channel] = MathF.Sqrt((float)ChannelWeights.Shares[channel] / squares[channel]);
        }

        query.Scale(squares);
        return known;
    }
}
