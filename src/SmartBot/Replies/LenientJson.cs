using System.Globalization;
using System.Text;

namespace Waqtor.SmartBot;

/// <summary>
/// Reads JSON as language models write it: also cut off, with line breaks or unescaped quotes in strings, with single or curly quotes,
/// Python's True and None, trailing commas. Values are string, bool, double, null, <c>List&lt;object?&gt;</c> and <c>Dictionary</c>. Reads each
/// character once.
/// </summary>
internal sealed class LenientJson(string text, int start)
{
    private const int DepthMax = 24;
    private const string Quotes = "\"'“”‘’`";

    private int _depth;

    public int Position { get; private set; } = start;

    /// <summary>True when the text ended before the value did.</summary>
    public bool IsCutOff { get; private set; }

    public static Dictionary<string, object?> NewObject() => new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads an object at the position; null when there is none.</summary>
    public Dictionary<string, object?>? ReadObject()
    {
        if (Position >= text.Length || text[Position] != '{' || ++_depth > DepthMax) return null;
        Position++;
        var members = NewObject();
        while (true)
        {
            SkipSeparators();
            if (AtEnd()) return members;
            if (text[Position] == '}') return Closed(members);
            if (ReadName() is not { } name) return null;
            SkipSpace();
            if (AtEnd()) return members;
            if (text[Position] != ':') return null;
            Position++;
            if (!TryReadValue(out var value)) return null;
            members[name] = value;
        }
    }

    public bool TryReadValue(out object? value)
    {
        SkipSpace();
        value = null;
        if (AtEnd()) return true;
        var character = text[Position];
        if (character == '{') return (value = ReadObject()) is not null;
        if (character == '[') return (value = ReadArray()) is not null;
        if (Quotes.Contains(character, StringComparison.Ordinal))
        {
            value = ReadString();
            return true;
        }

        return TryReadWord(out value);
    }

    private List<object?>? ReadArray()
    {
        if (++_depth > DepthMax) return null;
        Position++;
        var items = new List<object?>();
        while (true)
        {
            SkipSeparators();
            if (AtEnd()) return items;
            if (text[Position] == ']')
            {
                Position++;
                _depth--;
                return items;
            }

            if (!TryReadValue(out var item)) return null;
            items.Add(item);
        }
    }

    private string? ReadName()
    {
        if (Quotes.Contains(text[Position], StringComparison.Ordinal)) return ReadString();
        var from = Position;
        while (Position < text.Length && (char.IsLetterOrDigit(text[Position]) || text[Position] == '_')) Position++;
        return Position > from ? text[from..Position] : null;
    }

    private string ReadString()
    {
        var open = text[Position++];
        var result = new StringBuilder();
        while (!AtEnd())
        {
            var character = text[Position++];
            if (character == '\\') ReadEscape(result);
            else if (Closes(open, character) && IsEndOfString()) return result.ToString();
            else result.Append(character);
        }

        return result.ToString();
    }

    private static bool Closes(char open, char character) => open switch
    {
        '“' => character is '”' or '"',
        '‘' => character is '’' or '\'',
        _ => character == open,
    };

    // A quote ends the string only where JSON can go on; else it is a quote that the model forgot to escape.
    private bool IsEndOfString()
    {
        var next = Position;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        if (next >= text.Length || text[next] is '}' or ']' or ':') return true;
        if (text[next] != ',') return false;
        next++;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        return next >= text.Length || text[next] is '{' or '[' or '}' or ']' or '-' || Quotes.Contains(text[next], StringComparison.Ordinal) || IsBareWord(next);
    }

    // After "," a bare word is JSON only when it is a name, a number or a constant: letters up to a colon, comma or bracket.
    private bool IsBareWord(int from)
    {
        var index = from;
        while (index < text.Length && index - from < 32 && (char.IsAsciiLetterOrDigit(text[index]) || text[index] is '_' or '.')) index++;
        return index > from && index < text.Length && text[index] is ':' or ',' or '}' or ']';
    }

    private void ReadEscape(StringBuilder result)
    {
        if (AtEnd()) return;
        var character = text[Position++];
        switch (character)
        {
            case 'n': result.Append('\n'); break;
            case 't': result.Append('\t'); break;
            case 'r' or 'b' or 'f': break;
            case 'u' when Position + 4 <= text.Length && ushort.TryParse(text.AsSpan(Position, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                result.Append((char)code);
                Position += 4;
                break;
            default: result.Append(character); break;
        }
    }

    private bool TryReadWord(out object? value)
    {
        var from = Position;
        while (Position < text.Length && (char.IsLetterOrDigit(text[Position]) || text[Position] is '_' or '-' or '+' or '.')) Position++;
        var word = text[from..Position];
        value = word.ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            "NULL" or "NONE" or "UNDEFINED" => null,
            _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : word,
        };
        return word.Length > 0;
    }

    private Dictionary<string, object?> Closed(Dictionary<string, object?> members)
    {
        Position++;
        _depth--;
        return members;
    }

    private void SkipSpace()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position])) Position++;
    }

    private void SkipSeparators()
    {
        while (Position < text.Length && (char.IsWhiteSpace(text[Position]) || text[Position] == ',')) Position++;
    }

    private bool AtEnd()
    {
        if (Position < text.Length) return false;
        IsCutOff = true;
        return true;
    }
}
