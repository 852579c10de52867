namespace Waqtor.SmartBot;

/// <summary>The part of a model that an outside embedder's vectors speak to.</summary>
internal sealed class DenseChannel(double share, float[][] planes, float[][] centres, float[][] phraseVectors)
{
    public float Share { get; } = (float)share;

    public int Dimensions { get; } = planes[0].Length;

    public float[][] PhraseVectors { get; } = phraseVectors;

    public void Mix(ReadOnlySpan<float> unit, Span<float> scores, Span<float> cosines)
    {
        for (var rule = 0; rule < scores.Length; rule++)
        {
            scores[rule] = ((1 - Share) * scores[rule]) + (Share * GramMatrix.Dot(planes[rule], unit));
            cosines[rule] = ((1 - Share) * cosines[rule]) + (Share * GramMatrix.Dot(centres[rule], unit));
        }
    }

    /// <summary>A vector of length one, or null when it cannot be used.</summary>
    public static float[]? Unit(ReadOnlySpan<float> vector)
    {
        var norm = Math.Sqrt(GramMatrix.Dot(vector, vector));
        if (norm <= 0 || !double.IsFinite(norm)) return null;
        var unit = new float[vector.Length];
        for (var index = 0; index < unit.Length; index++) unit[index] = (float)(vector[index] / norm);
        return unit;
    }
}
