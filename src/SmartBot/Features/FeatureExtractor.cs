namespace Waqtor.SmartBot;

/// <summary>Turns a text into hashed features. Does not allocate; cost is in proportion to the text, which is capped.</summary>
internal sealed class FeatureExtractor(ConceptLexicon lexicon)
{
    public const int WordsMax = 512;
    public const int WordCharactersMax = 40;
    public const int Channels = 4;

    private const int CompanionReach = 5;
    private const int ChannelShift = 30;
    private const uint HashMask = (1u << ChannelShift) - 1;
    private const uint Edge = 0x9E3779B1;

    public static FeatureChannel ChannelOf(uint hash) => (FeatureChannel)(hash >> ChannelShift);

    /// <summary>Fills the buffer with the text's features in order of their hash.</summary>
    public void Extract(ReadOnlySpan<char> text, FeatureBuffer buffer)
    {
        buffer.Begin(TextNormalizer.LengthMax(text.Length));
        buffer.NormalLength = TextNormalizer.Normalize(text, buffer.Normal);
        var words = SplitWords(buffer);
        AddTerms(buffer, words);
        AddLetters(buffer, words);
        buffer.Sort();
    }

    private static int SplitWords(FeatureBuffer buffer)
    {
        var text = buffer.Normal.AsSpan(0, buffer.NormalLength);
        var count = 0;
        var start = 0;
        while (start < text.Length && count < WordsMax)
        {
            var length = text[start..].IndexOf(' ');
            if (length < 0) length = text.Length - start;
            if (length > 0) buffer.Words[count++] = (start, Math.Min(length, WordCharactersMax));
            start += length + 1;
        }

        return count;
    }

    private void AddTerms(FeatureBuffer buffer, int words)
    {
        var text = buffer.Normal.AsSpan(0, buffer.NormalLength);
        var terms = 0;
        for (var index = 0; index < words;)
        {
            var used = lexicon.Read(text, buffer.Words.AsSpan(index, words - index), out var concept);
            if (used == 0)
            {
                used = 1;
                buffer.Terms[terms] = Hash(LightStemmer.Stem(Word(text, buffer.Words[index])));
            }
            else
            {
                buffer.Terms[terms] = concept;
                for (var part = index; part < index + used; part++) buffer.Add(Tagged(Hash(LightStemmer.Stem(Word(text, buffer.Words[part]))), FeatureChannel.Stem));
            }

            buffer.Add(Tagged(buffer.Terms[terms], FeatureChannel.Word));
            terms++;
            index += used;
        }

        if (terms == 0) return;
        var before = Edge;
        for (var index = 0; index < terms; index++)
        {
            buffer.Add(Tagged(Joined(before, buffer.Terms[index]), FeatureChannel.Pair));
            before = buffer.Terms[index];
        }

        buffer.Add(Tagged(Joined(before, Edge), FeatureChannel.Pair));
        AddCompanions(buffer, terms);
    }

    // Dialects order words differently, so near words also count as a pair whichever comes first.
    private static void AddCompanions(FeatureBuffer buffer, int terms)
    {
        for (var index = 0; index < terms; index++)
        {
            for (var other = index + 2; other < terms && other <= index + CompanionReach; other++)
            {
                var (low, high) = (Math.Min(buffer.Terms[index], buffer.Terms[other]), Math.Max(buffer.Terms[index], buffer.Terms[other]));
                buffer.Add(Tagged(Joined(~low, high), FeatureChannel.Pair));
            }
        }
    }

    private static void AddLetters(FeatureBuffer buffer, int words)
    {
        var text = buffer.Normal.AsSpan(0, buffer.NormalLength);
        for (var index = 0; index < words; index++)
        {
            var word = Word(text, buffer.Words[index]);
            var padded = buffer.Padded.AsSpan(0, word.Length + 2);
            padded[0] = padded[^1] = ' ';
            word.CopyTo(padded[1..]);
            for (var start = 0; start < padded.Length - 1; start++)
            {
                var hash = Next(Next(2166136261, padded[start]), padded[start + 1]);
                buffer.Add(Tagged(Mixed(hash), FeatureChannel.Letters));
                if (start + 2 >= padded.Length) continue;
                hash = Next(hash, padded[start + 2]);
                buffer.Add(Tagged(Mixed(hash), FeatureChannel.Letters));
                if (start + 3 >= padded.Length) continue;
                buffer.Add(Tagged(Mixed(Next(hash, padded[start + 3])), FeatureChannel.Letters));
            }
        }
    }

    internal static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var character in word) hash = Next(hash, character);
        return Mixed(hash);
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, (int Start, int Length) word) => text.Slice(word.Start, word.Length);

    private static uint Tagged(uint hash, FeatureChannel channel) => (hash & HashMask) | ((uint)channel << ChannelShift);

    private static uint Joined(uint first, uint second) => Mixed((first * 0x85EBCA6B) ^ (second + 0x7F4A7C15));

    private static uint Next(uint hash, char character) => (hash ^ character) * 16777619;

    private static uint Mixed(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x7FEB352D;
        hash ^= hash >> 15;
        hash *= 0x846CA68B;
        return hash ^ (hash >> 16);
    }
}
