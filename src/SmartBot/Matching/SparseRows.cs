namespace Waqtor.SmartBot;

/// <summary>Sparse unit vectors, one a row, features ascending within a row.</summary>
internal sealed class SparseRows
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _features = [];
    private readonly List<float> _values = [];

    public int Count => _starts.Count - 1;

    public void Add(ReadOnlySpan<int> features, ReadOnlySpan<float> values)
    {
        _features.AddRange(features);
        _values.AddRange(values);
        _starts.Add(_features.Count);
    }

    public ReadOnlySpan<int> Features(int row) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_features)[_starts[row].._starts[row + 1]];

    public ReadOnlySpan<float> Values(int row) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values)[_starts[row].._starts[row + 1]];

    /// <summary>Product of a row with a dense vector.</summary>
    public float Dot(int row, ReadOnlySpan<float> dense)
    {
        var features = Features(row);
        var values = Values(row);
        float sum = 0;
        for (var index = 0; index < features.Length; index++) sum += values[index] * dense[features[index]];
        return sum;
    }

    public void AddTo(int row, float factor, Span<float> dense)
    {
        var features = Features(row);
        var values = Values(row);
        for (var index = 0; index < features.Length; index++) dense[features[index]] += factor * values[index];
    }
}
