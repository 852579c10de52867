namespace Waqtor.SmartBot;

/// <summary>The working memory of one match: features, the query's vector, scores. Taken from a pool and given back.</summary>
internal sealed class QueryBuffer
{
    private int[] _ids = new int[512];
    private float[] _values = new float[512];
    private byte[] _channels = new byte[512];

    public FeatureBuffer Features { get; } = new();

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count);

    public float[] Scores { get; private set; } = [];

    public float[] Cosines { get; private set; } = [];

    /// <summary>The query spread out over the vocabulary; all zero between uses.</summary>
    public float[] Dense { get; private set; } = [];

    public void Reserve(int classes, int vocabulary)
    {
        if (Scores.Length != classes) (Scores, Cosines) = (new float[classes], new float[classes]);
        if (Dense.Length < vocabulary) Dense = new float[vocabulary];
    }

    public void Clear() => Count = 0;

    public void Add(int id, float value, byte channel)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
            Array.Resize(ref _values, Count * 2);
            Array.Resize(ref _channels, Count * 2);
        }

        (_ids[Count], _values[Count], _channels[Count]) = (id, value, channel);
        Count++;
    }

    public void Scale(ReadOnlySpan<float> byChannel)
    {
        for (var index = 0; index < Count; index++) _values[index] *= byChannel[_channels[index]];
    }

    public void Scale(float factor)
    {
        for (var index = 0; index < Count; index++) _values[index] *= factor;
    }
}
