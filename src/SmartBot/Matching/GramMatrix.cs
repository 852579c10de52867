using System.Numerics;

namespace Waqtor.SmartBot;

/// <summary>
/// Products of all phrases with each other. A rule set has a thousand phrases and fifty thousand features, so working on phrases instead of features
/// makes every step of training short, and cross-validation can use the same products again.
/// </summary>
internal sealed class GramMatrix
{
    private readonly float[] _products;

    private GramMatrix(int size)
    {
        Size = size;
        _products = new float[(long)size * size];
    }

    public int Size { get; }

    public ReadOnlySpan<float> Row(int row) => _products.AsSpan(row * Size, Size);

    public float this[int row, int column] => _products[(row * Size) + column];

    public static GramMatrix Of(SparseRows rows, int features, CancellationToken cancellationToken)
    {
        var gram = new GramMatrix(rows.Count);
        var dense = new float[features];
        for (var row = 0; row < rows.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.AddTo(row, 1, dense);
            for (var other = row; other < rows.Count; other++)
            {
                gram._products[(row * gram.Size) + other] = gram._products[(other * gram.Size) + row] = rows.Dot(other, dense);
            }

            foreach (var feature in rows.Features(row)) dense[feature] = 0;
        }

        return gram;
    }

    /// <summary>Mixes in the products of dense vectors: lexical * (1 - share) + dense * share.</summary>
    public GramMatrix With(float[][] vectors, double share)
    {
        var mixed = new GramMatrix(Size);
        for (var row = 0; row < Size; row++)
        {
            for (var other = row; other < Size; other++)
            {
                var value = (float)(((1 - share) * this[row, other]) + (share * Dot(vectors[row], vectors[other])));
                mixed._products[(row * Size) + other] = mixed._products[(other * Size) + row] = value;
            }
        }

        return mixed;
    }

    public static float Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var width = Vector<float>.Count;
        var sum = Vector<float>.Zero;
        var index = 0;
        for (; index + width <= first.Length; index += width) sum += new Vector<float>(first[index..]) * new Vector<float>(second[index..]);
        var result = Vector.Sum(sum);
        for (; index < first.Length; index++) result += first[index] * second[index];
        return result;
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    public static void AddScaled(ReadOnlySpan<float> row, float factor, Span<float> target)
    {
        var width = Vector<float>.Count;
        var factors = new Vector<float>(factor);
        var index = 0;
        for (; index + width <= row.Length; index += width)
        {
            (new Vector<float>(target[index..]) + (new Vector<float>(row[index..]) * factors)).CopyTo(target[index..]);
        }

        for (; index < row.Length; index++) target[index] += factor * row[index];
    }
}
