using System.Reflection;

namespace Waqtor.SmartBot;

/// <summary>
/// Words that mean the same across dialects and languages. A text file, one concept a line: <c>name: word, word, two words</c>; <c>#</c> begins a
/// comment. Words are compared in their normal form. Immutable.
/// </summary>
public sealed class ConceptLexicon
{
    /// <summary>Lines of a file that an operator adds. Beyond them parsing refuses.</summary>
    public const int LinesMax = 10_000;

    private const int WordsPerEntryMax = 4;

    private readonly Dictionary<string, string> _conceptByWord;
    private readonly Dictionary<string, uint> _hashByWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, uint> _hashByStem = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _wordsByFirst = new(StringComparer.Ordinal);

    private ConceptLexicon(Dictionary<string, string> conceptByWord)
    {
        _conceptByWord = conceptByWord;
        foreach (var (entry, concept) in conceptByWord) Index(entry, FeatureExtractor.Hash("concept " + concept));
    }

    public static ConceptLexicon Empty { get; } = new(new(StringComparer.Ordinal));

    /// <summary>What is shipped. Stands below <see cref="Empty"/>, from which it is made.</summary>
    public static ConceptLexicon Default { get; } = Parse(ReadShipped());

    /// <summary>How many entries (words and word groups) there are.</summary>
    public int Entries => _conceptByWord.Count;

    /// <summary>Reads a lexicon.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message says which and why.</exception>
    public static ConceptLexicon Parse(string text) => Empty.With(text);

    /// <summary>This lexicon and the entries of another file; where both know a word, the other file wins.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message says which and why.</exception>
    public ConceptLexicon With(string text)
    {
        var entries = new Dictionary<string, string>(_conceptByWord, StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (++number > LinesMax) throw new FormatException($"The lexicon has more than {LinesMax} lines.");
            ReadLine(line, number, entries);
        }

        return new(entries);
    }

    /// <summary>Reads the longest entry that the words begin with; answers how many words it took, 0 for none.</summary>
    internal int Read(ReadOnlySpan<char> text, ReadOnlySpan<(int Start, int Length)> words, out uint concept)
    {
        var first = text.Slice(words[0].Start, words[0].Length);
        var byWord = _hashByWord.GetAlternateLookup<ReadOnlySpan<char>>();
        if (_wordsByFirst.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(first, out var longest))
        {
            for (var count = Math.Min(longest, words.Length); count > 1; count--)
            {
                var last = words[count - 1];
                if (byWord.TryGetValue(text[words[0].Start..(last.Start + last.Length)], out concept)) return count;
            }
        }

        if (byWord.TryGetValue(first, out concept)) return 1;
        var bare = LightStemmer.WithoutArticle(first);
        if (bare.Length != first.Length && byWord.TryGetValue(bare, out concept)) return 1;
        return _hashByStem.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(LightStemmer.Stem(first), out concept) && concept != 0 ? 1 : 0;
    }

    private void Index(string entry, uint hash)
    {
        _hashByWord[entry] = hash;
        var words = entry.Split(' ');
        if (words.Length > 1)
        {
            _wordsByFirst[words[0]] = Math.Max(_wordsByFirst.GetValueOrDefault(words[0]), words.Length);
            return;
        }

        // A stem that two concepts claim tells nothing.
        var stem = LightStemmer.Stem(entry).ToString();
        if (stem.Length < 3) return;
        if (!_hashByStem.TryAdd(stem, hash) && _hashByStem[stem] != hash) _hashByStem[stem] = 0;
    }

    private static void ReadLine(ReadOnlySpan<char> line, int number, Dictionary<string, string> entries)
    {
        var comment = line.IndexOf('#');
        if (comment >= 0) line = line[..comment];
        if (line.IsWhiteSpace()) return;

        var colon = line.IndexOf(':');
        if (colon < 0) throw new FormatException($"Line {number}: expected 'concept: word, word'.");
        var concept = TextNormalizer.Normalize(line[..colon]).Replace(' ', '_');
        if (concept.Length == 0) throw new FormatException($"Line {number}: the concept has no name.");
        foreach (var word in line[(colon + 1)..].ToString().Split([',', '،']))
        {
            var normal = TextNormalizer.Normalize(word);
            if (normal.Count(character => character == ' ') >= WordsPerEntryMax) throw new FormatException($"Line {number}: an entry has {WordsPerEntryMax} words at most.");
            if (normal.Length > 0) entries[normal] = concept;
        }
    }

    private static string ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("concepts.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
