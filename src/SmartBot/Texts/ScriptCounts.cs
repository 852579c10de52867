using System.Text;

namespace Waqtor.SmartBot;

/// <summary>How many letters of each script a text has.</summary>
internal readonly record struct ScriptCounts(int Arabic, int Latin, int Other, string OtherLanguage, int PersianMarks, int UrduMarks)
{
    public int Total => Arabic + Latin + Other;

    public bool IsUrdu => UrduMarks > 0 && UrduMarks * 12 >= Arabic;

    // A single گ or چ is how Gulf and Iraqi dialects write their own sounds, so it takes a share, and letters that Arabic keyboards do not have.
    public bool IsPersian => PersianMarks * 12 >= Arabic && PersianMarks > 1;

    public static ScriptCounts Of(string text)
    {
        int arabic = 0, latin = 0, other = 0, persian = 0, urdu = 0;
        var language = "und";
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, TextNormalizer.CharactersMax)).EnumerateRunes())
        {
            var value = rune.Value;
            if (!Rune.IsLetter(rune)) continue;
            if (Script.IsArabic(value))
            {
                arabic++;
                if ("ٹڈڑںےہھۂۓ".Contains((char)value)) urdu++;
                else if ("پچژگکی".Contains((char)value)) persian++;
            }
            else if (Script.IsLatin(value))
            {
                latin++;
            }
            else
            {
                other++;
                language = LanguageOf(value);
            }
        }

        return new(arabic, latin, other, language, persian, urdu);
    }

    private static string LanguageOf(int value) => value switch
    {
        >= 0x0370 and <= 0x03FF => "el",
        >= 0x0400 and <= 0x052F => "ru",
        >= 0x0530 and <= 0x058F => "hy",
        >= 0x0590 and <= 0x05FF => "he",
        >= 0x0900 and <= 0x097F => "hi",
        >= 0x0980 and <= 0x09FF => "bn",
        >= 0x0A00 and <= 0x0A7F => "pa",
        >= 0x0B80 and <= 0x0BFF => "ta",
        >= 0x0C00 and <= 0x0C7F => "te",
        >= 0x0D00 and <= 0x0D7F => "ml",
        >= 0x0D80 and <= 0x0DFF => "si",
        >= 0x0E00 and <= 0x0E7F => "th",
        >= 0x10A0 and <= 0x10FF => "ka",
        >= 0x1200 and <= 0x137F => "am",
        >= 0x3040 and <= 0x30FF => "ja",
        >= 0x4E00 and <= 0x9FFF => "zh",
        >= 0xAC00 and <= 0xD7AF => "ko",
        _ => "und",
    };
}
