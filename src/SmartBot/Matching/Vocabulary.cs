namespace Waqtor.SmartBot;

/// <summary>The features that training met, each with its number and its weight: the fewer rules hold it, the more it says.</summary>
internal sealed class Vocabulary
{
    private readonly uint[] _keys;
    private readonly int[] _ids;
    private readonly int _mask;

    private Vocabulary(uint[] hashes, float[] weights, float unknownWeight)
    {
        var capacity = 16;
        while (capacity < hashes.Length * 2) capacity *= 2;
        _mask = capacity - 1;
        _keys = new uint[capacity];
        _ids = new int[capacity];
        Array.Fill(_ids, -1);
        for (var id = 0; id < hashes.Length; id++)
        {
            var slot = (int)(hashes[id] * 0x9E3779B1) & _mask;
            while (_ids[slot] >= 0) slot = (slot + 1) & _mask;
            (_keys[slot], _ids[slot]) = (hashes[id], id);
        }

        Weights = weights;
        UnknownWeight = unknownWeight;
    }

    /// <summary>Inverse class frequency by feature.</summary>
    public float[] Weights { get; }

    /// <summary>Weight of a feature that no rule holds: the highest there is, which is what makes a strange text score low.</summary>
    public float UnknownWeight { get; }

    public int Count => Weights.Length;

    /// <param name="holders">For every feature, how many of the classes hold it.</param>
    /// <param name="classes">How many classes there are.</param>
    public static Vocabulary Of(SortedDictionary<uint, int> holders, int classes)
    {
        var weights = new float[holders.Count];
        var id = 0;
        foreach (var count in holders.Values) weights[id++] = (float)(Math.Log((1.0 + classes) / (1.0 + count)) + 1);
        return new([.. holders.Keys], weights, (float)(Math.Log(1.0 + classes) + 1));
    }

    /// <summary>Number of a feature, or -1.</summary>
    public int Find(uint hash)
    {
        var slot = (int)(hash * 0x9E3779B1) & _mask;
        while (_ids[slot] >= 0)
        {
            if (_keys[slot] == hash) return _ids[slot];
            slot = (slot + 1) & _mask;
        }

        return -1;
    }
}
