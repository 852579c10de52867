namespace Waqtor.SmartBot;

/// <summary>
/// One spelling per letter: the part of Unicode's compatibility forms (NFKC) that occurs in chats, with the folds of Arabic spelling on top.
/// Written out because the program runs without the system's Unicode tables (invariant globalization), where NFKC does nothing.
/// </summary>
internal static class CharacterFolds
{
    // Plain letters of U+00C0-017F and U+1E00-1EFF; a dot where there is none.
    private const string LatinLetters = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeee"
        + "eeeegggggggghh..iiiiiiiiii..jjkk.llllll..llnnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuu"
        + "uuuuwwyyyzzzzzzs";

    private const string LatinLettersAdditional = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppp"
        + "rrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaa"
        + "aaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    // Letters of the presentation forms U+FB50-FBB1 and U+FE80-FEF4, which old keyboards and copied PDFs still write.
    private const string PresentationA = "ااٻٻٻٻببببڀڀڀڀٺٺٺٺٿٿٿٿتتتتففففڦڦڦڦڄڄڄڄڃڃڃڃججججڇڇڇڇڍڍڌڌڎڎددزز"
        + "ررككككككككككككڱڱڱڱننڻڻڻڻههههههههههيييي";

    private const string PresentationB = ".ااااووااييييااببببههتتتتثثثثججججححححخخخخددذذررززسسسسششششصصص"
        + "صضضضضططططظظظظععععغغغغففففققققككككللللممممننننههههوويييييي";

    /// <summary>Marks that carry no letter: tashkeel, Quranic marks, tatweel, combining accents, zero-width and direction marks, emoji variants.</summary>
    public static bool IsDropped(int value) => value is >= 0x064B and <= 0x065F or 0x0670 or >= 0x06D6 and <= 0x06ED or 0x0640 or 0x0621
        or >= 0x0610 and <= 0x061A or 0x061C or >= 0x0300 and <= 0x036F or >= 0x200B and <= 0x200F or >= 0x202A and <= 0x202E
        or >= 0x2060 and <= 0x2069 or 0xFEFF or 0x00AD or 0xFE80 or >= 0xFE00 and <= 0xFE0F or >= 0xFE70 and <= 0xFE7F or >= 0x1F3FB and <= 0x1F3FF
        or 0x2640 or 0x2642 or 0x2018 or 0x2019 or 0x02BC or 0x00B4 or >= 0xE0000 and <= 0xE007F;

    /// <summary>What a character stands for when that is more than one letter, else null.</summary>
    public static string? Expansion(int value) => value switch
    {
        >= 0xFEF5 and <= 0xFEFC => "لا",
        0xFDF2 => "الله",
        0x00DF or 0x1E9E => "ss",
        0x00E6 or 0x00C6 => "ae",
        0x0152 or 0x0153 => "oe",
        0x00FE or 0x00DE => "th",
        0xFB00 => "ff",
        0xFB01 => "fi",
        0xFB02 => "fl",
        _ => null,
    };

    /// <summary>The letter or digit that a character is read as; itself when there is nothing to fold.</summary>
    public static int Fold(int value) => value switch
    {
        >= 0x0600 and <= 0x06FF => Arabic(value),
        >= 0x00C0 and <= 0x017F => Letter(LatinLetters, value - 0x00C0, value),
        >= 0x1E00 and <= 0x1EFF => Letter(LatinLettersAdditional, value - 0x1E00, value),
        >= 0xFB50 and <= 0xFBB1 => Letter(PresentationA, value - 0xFB50, value),
        >= 0xFBFC and <= 0xFBFF => 'ي',
        >= 0xFE80 and <= 0xFEF4 => Letter(PresentationB, value - 0xFE80, value),
        0x2212 => '-',
        >= 0xFF01 and <= 0xFF5E => value - 0xFEE0,
        >= 0x24B6 and <= 0x24CF => 'a' + (value - 0x24B6),
        >= 0x24D0 and <= 0x24E9 => 'a' + (value - 0x24D0),
        >= 0x1D400 and <= 0x1D6A3 => MathematicalLetter((value - 0x1D400) % 52),
        >= 0x1D7CE and <= 0x1D7FF => '0' + ((value - 0x1D7CE) % 10),
        >= 0x1F130 and <= 0x1F149 => 'a' + (value - 0x1F130),
        >= 0x1F170 and <= 0x1F189 => 'a' + (value - 0x1F170),
        _ => value,
    };

    /// <summary>Emoji and pictographs: each is a word of its own.</summary>
    public static bool IsSymbol(int value) => value is >= 0x1F000 and <= 0x1FAFF or >= 0x2600 and <= 0x27BF or >= 0x2B00 and <= 0x2BFF or >= 0x2300 and <= 0x23FF;

    private static int Arabic(int value) => (char)value switch
    {
        'آ' or 'أ' or 'إ' or 'ٱ' or 'ٲ' or 'ٳ' or 'ٵ' => 'ا',
        'ى' or 'ی' or 'ئ' or 'ې' or 'ۍ' or 'ێ' or 'ے' or 'ۓ' => 'ي',
        'ؤ' or 'ۆ' or 'ۇ' or 'ۈ' or 'ۋ' or 'ۅ' or 'ۉ' => 'و',
        'ة' or 'ۀ' or 'ە' or 'ہ' or 'ھ' or 'ۃ' => 'ه',
        'ک' or 'گ' or 'ڪ' or 'ڭ' or 'ڳ' => 'ك',
        'پ' => 'ب',
        'چ' => 'ج',
        'ڤ' => 'ف',
        'ژ' => 'ز',
        'ٹ' => 'ت',
        'ڈ' => 'د',
        'ڑ' => 'ر',
        'ں' => 'ن',
        'ڨ' => 'ق',
        >= '\u0660' and <= '\u0669' => '0' + (value - 0x0660),
        >= '\u06F0' and <= '\u06F9' => '0' + (value - 0x06F0),
        _ => value,
    };

    private static int MathematicalLetter(int index) => 'a' + (index % 26);

    private static int Letter(string table, int index, int otherwise) => table[index] is var letter and not '.' ? letter : otherwise;
}
