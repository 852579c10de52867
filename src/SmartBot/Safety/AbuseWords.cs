using System.Collections.Frozen;

namespace Waqtor.SmartBot;

/// <summary>
/// Swearing and insults, matched on whole words after folding letters that stand for others. Nobody is refused for them: swearing goes to a person,
/// an insult ("liar") is a complaint and only noted. Words that are innocent in another dialect are left out.
/// </summary>
internal static class AbuseWords
{
    private static readonly FrozenSet<string> Swearing = Set(
        "fuck fucking fucked fucker fuckers motherfucker fuk fck fuckin shit shitty bullshit bitch bitches asshole assholes arsehole bastard bastards cunt dickhead whore slut wanker faggot nigger"
        + " twat prick putain merde connard salope enculé شرموط شرموطه شرموطة شراميط قحبه قحبة قحاب منيوك منيوكه متناك متناكه عرص معرص كسمك كسامك كساختك طيزك زبي ديوث خنيث نياك ينيك منيك ابنالشرموطه زامل نيكمك");

    private static readonly string[] SwearingPairs = ["كس امك", "كس اختك", "كس ام", "ابن الشرموطه", "ابن القحبه", "ابن الكلب", "يلعن ابوك", "يلعن امك", "ولد القحبه", "son of a bitch", "piece of shit", "wtf is this shit"];

    private static readonly FrozenSet<string> Insults = Set(
        "idiot idiots stupid moron morons liar liars thieves thief scammer scammers useless garbage pathetic dumb حمار حمير غبي اغبياء غبيه كذاب كذابين كذابه نصاب نصابين حرامي حراميه لصوص تافه تافهين زباله واطي حقير حيوان قليل_ادب");

    private static readonly string[] Emergencies =
    [
        "kill myself", "killing myself", "end my life", "want to die", "suicide", "suicidal", "hurt myself", "harm myself", "self harm", "overdose", "call an ambulance", "heart attack", "being attacked",
        "انتحر", "انتحار", "الانتحار", "اقتل نفسي", "اموت نفسي", "اوذي نفسي", "انهي حياتي", "ابي اموت", "عايز اموت", "بدي اموت", "اريد الموت", "اسعاف", "الاسعاف", "نوبه قلبيه",
    ];

    /// <summary>The worst that the text holds, or null.</summary>
    public static (string Kind, SafetyAction Action)? Find(string text, string[] words, IReadOnlyCollection<string> further)
    {
        var sentence = " " + string.Join(' ', words) + " ";
        var own = further.Select(TextNormalizer.Normalize).ToHashSet(StringComparer.Ordinal);
        if (words.Any(word => Swearing.Contains(word) || Swearing.Contains(Collapsed(word)) || own.Contains(word))
            || SwearingPairs.Any(pair => sentence.Contains(" " + pair + " ", StringComparison.Ordinal))
            || Disguised(text).Any(Swearing.Contains)) return ("profanity", SafetyAction.HandOver);
        return words.Any(Insults.Contains) ? ("insult", SafetyAction.Tag) : null;
    }

    public static bool IsEmergency(string normal)
    {
        var sentence = " " + normal + " ";
        return Emergencies.Any(phrase => sentence.Contains(" " + phrase + " ", StringComparison.Ordinal));
    }

    private static string Collapsed(string word)
    {
        Span<char> letters = stackalloc char[Math.Min(word.Length, 32)];
        var length = 0;
        foreach (var letter in word.AsSpan(0, letters.Length))
        {
            if (length == 0 || letters[length - 1] != letter) letters[length++] = letter;
        }

        return new(letters[..length]);
    }

    // "sh1t", "f*ck": only words that mix letters with signs are looked at, a star stands for the vowel.
    private static IEnumerable<string> Disguised(string text)
    {
        foreach (var word in text.Split([' ', '\n', '\t', ',', '.', '?'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length is > 3 and < 16))
        {
            if (!word.Any(char.IsAsciiLetter) || !word.Any("01345$@!*".Contains)) continue;
            foreach (var vowel in (char[])['u', 'i']) yield return new([.. word.ToLowerInvariant().Select(character => Folded(character, vowel))]);
        }
    }

    private static char Folded(char character, char vowel) => character switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '*' => vowel,
        _ => character,
    };

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TextNormalizer.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
