using System.Globalization;
using System.Text;

namespace Waqtor.SmartBot;

/// <summary>Writes words one character at a time and keeps the rules between neighbours: one space, no run of three, one script per word.</summary>
internal ref struct NormalFormWriter(Span<char> destination)
{
    private readonly Span<char> _destination = destination;
    private int _length;
    private bool _spaceDue;
    private Kind _last;

    private enum Kind
    {
        None,
        Latin,
        Arabic,
        Digit,
        Other,
    }

    public void Append(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x80)
        {
            AppendAscii((char)value);
            return;
        }

        if (CharacterFolds.IsDropped(value)) return;
        if (CharacterFolds.Expansion(value) is { } expansion)
        {
            foreach (var letter in expansion) AppendFolded(letter);
            return;
        }

        var folded = CharacterFolds.Fold(value);
        if (folded < 0x80) AppendAscii((char)folded);
        else if (folded <= char.MaxValue && Rune.IsLetterOrDigit(new Rune(folded))) AppendFolded((char)folded);
        else if (CharacterFolds.IsSymbol(folded)) AppendSymbol(new Rune(folded));
        else if (Rune.IsLetterOrDigit(rune)) AppendPair(rune);
        else _spaceDue = true;
    }

    public readonly int Finish() => _length;

    private void AppendAscii(char character)
    {
        if (char.IsAsciiLetterUpper(character)) Put((char)(character | 0x20), Kind.Latin);
        else if (char.IsAsciiLetterLower(character)) Put(character, Kind.Latin);
        else if (char.IsAsciiDigit(character)) Put(character, Kind.Digit);
        else if (character is not ('\'' or '`')) _spaceDue = true;
    }

    private void AppendFolded(char character)
    {
        if (character < 0x80) AppendAscii(character);
        else if (Script.IsArabic(character)) Put(character, Kind.Arabic);
        else if (Script.IsLatin(character)) Put(char.ToLowerInvariant(character), Kind.Latin);
        else Put(char.ToLowerInvariant(character), Kind.Other);
    }

    private void Put(char character, Kind kind)
    {
        // "الcard" and "100ريال" are two words each; "3ayez" and "b2b" are one.
        var newScript = _last != Kind.None && kind != _last && (kind == Kind.Arabic || _last == Kind.Arabic);
        if ((_spaceDue || newScript) && _length > 0 && _destination[_length - 1] != ' ') _destination[_length++] = ' ';
        _spaceDue = false;
        _last = kind;
        if (kind != Kind.Digit && _length > 1 && _destination[_length - 1] == character && _destination[_length - 2] == character) return;
        _destination[_length++] = character;
    }

    private void AppendSymbol(Rune rune)
    {
        if (_length > 0 && _destination[_length - 1] != ' ') _destination[_length++] = ' ';
        _length += rune.EncodeToUtf16(_destination[_length..]);
        _spaceDue = true;
        _last = Kind.None;
    }

    private void AppendPair(Rune rune)
    {
        if (_spaceDue && _length > 0 && _destination[_length - 1] != ' ') _destination[_length++] = ' ';
        _spaceDue = false;
        _last = Kind.Other;
        _length += Rune.ToLower(rune, CultureInfo.InvariantCulture).EncodeToUtf16(_destination[_length..]);
    }
}
