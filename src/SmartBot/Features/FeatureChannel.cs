namespace Waqtor.SmartBot;

/// <summary>The kinds of features; each has its own share of a vector, whatever the number of its features. Stands in the top two bits of a hash.</summary>
internal enum FeatureChannel
{
    /// <summary>Stems and concepts.</summary>
    Word,

    /// <summary>Two stems in a row, with the edges of the text.</summary>
    Pair,

    /// <summary>Two to four letters in a row inside a word, with the edges of the word.</summary>
    Letters,

    /// <summary>The stems of words that were read as concepts.</summary>
    Stem,
}
