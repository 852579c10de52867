namespace Waqtor.SmartBot;

/// <summary>Digits that belong together: in a row, or in groups parted by single spaces, hyphens, dots or brackets. Arabic digits are folded.</summary>
internal readonly record struct DigitRun(int Start, int Length, string Digits, bool HasPlus)
{
    private const int DigitsMax = 24;

    public static IEnumerable<DigitRun> Find(string text)
    {
        var index = 0;
        while (index < text.Length)
        {
            if (ValueOf(text[index]) < 0)
            {
                index++;
                continue;
            }

            var start = index;
            var end = index;
            var digits = new List<char>();
            while (index < text.Length && digits.Count < DigitsMax)
            {
                if (ValueOf(text[index]) is var value and >= 0)
                {
                    digits.Add((char)('0' + value));
                    end = ++index;
                }
                else if (IsSeparator(text[index]) && index - end < 2)
                {
                    index++;
                }
                else
                {
                    break;
                }
            }

            index = Math.Max(end, start + 1);
            var hasPlus = start > 0 && text[start - 1] is '+' or '＋';
            yield return hasPlus ? new(start - 1, end - start + 1, new([.. digits]), true) : new(start, end - start, new([.. digits]), false);
        }
    }

    private static bool IsSeparator(char character) => character is ' ' or '-' or '.' or '(' or ')' or '\u00A0' or '\u2010' or '\u2011' or '\u2013' or '\u200E' or '\u200F' or '\u202A' or '\u202C';

    private static int ValueOf(char character) => CharacterFolds.Fold(character) is var folded and >= '0' and <= '9' ? folded - '0' : -1;
}
