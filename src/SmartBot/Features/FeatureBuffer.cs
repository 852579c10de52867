namespace Waqtor.SmartBot;

/// <summary>The working memory of one extraction; used again and again so that a match allocates next to nothing.</summary>
internal sealed class FeatureBuffer
{
    private uint[] _hashes = new uint[512];

    public char[] Normal { get; private set; } = new char[1024];

    public char[] Padded { get; } = new char[FeatureExtractor.WordCharactersMax + 2];

    public int NormalLength { get; set; }

    public (int Start, int Length)[] Words { get; } = new (int, int)[FeatureExtractor.WordsMax];

    /// <summary>Hash of each word's stem or concept.</summary>
    public uint[] Terms { get; } = new uint[FeatureExtractor.WordsMax];

    public int Count { get; private set; }

    /// <summary>Features in ascending order, doubles beside each other.</summary>
    public ReadOnlySpan<uint> Hashes => _hashes.AsSpan(0, Count);

    public void Begin(int characters)
    {
        Count = 0;
        if (Normal.Length < characters) Normal = new char[characters];
    }

    public void Add(uint hash)
    {
        if (Count == _hashes.Length) Array.Resize(ref _hashes, Count * 2);
        _hashes[Count++] = hash;
    }

    public void Sort() => Array.Sort(_hashes, 0, Count);
}
