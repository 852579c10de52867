using System.Buffers;
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

    private static readonly string[] SwearingPairs = Bounded(["كس امك", "كس اختك", "كس ام", "ابن الشرموطه", "ابن القحبه", "ابن الكلب", "يلعن ابوك", "يلعن امك", "ولد القحبه", "son of a bitch", "piece of shit", "wtf is this shit"]);

    private static readonly FrozenSet<string> Insults = Set(
        "idiot idiots stupid moron morons liar liars thieves thief scammer scammers useless garbage pathetic dumb حمار حمير غبي اغبياء غبيه كذاب كذابين كذابه نصاب نصابين حرامي حراميه لصوص تافه تافهين زباله واطي حقير حيوان قليل_ادب");

    private static readonly string[] Emergencies = Bounded(
    [
        "kill myself", "killing myself", "end my life", "want to die", "suicide", "suicidal", "hurt myself", "harm myself", "self harm", "overdose", "call an ambulance", "heart attack", "being attacked",
        "انتحر", "انتحار", "الانتحار", "اقتل نفسي", "اموت نفسي", "اوذي نفسي", "انهي حياتي", "ابي اموت", "عايز اموت", "بدي اموت", "اريد الموت", "اسعاف", "الاسعاف", "نوبه قلبيه",
    ]);

    private static readonly SearchValues<char> Signs = SearchValues.Create("01345$@!*");

    // Looked up by a part of a word, without making a string of it.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SwearingSpans = Swearing.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The worst that the text holds, or null.</summary>
    public static (string Kind, SafetyAction Action)? Find(string text, string[] words, IReadOnlyCollection<string> further)
    {
        var own = further.Count == 0 ? null : further.Select(TextNormalizer.Normalize).ToHashSet(StringComparer.Ordinal);
        var isInsult = false;
        foreach (var word in words)
        {
            if (Swearing.Contains(word) || IsSwearingDrawnOut(word) || own?.Contains(word) == true) return ("profanity", SafetyAction.HandOver);
            isInsult |= Insults.Contains(word);
        }

        if (HoldsOneOf(SwearingPairs, " " + string.Join(' ', words) + " ") || Disguised(text).Any(Swearing.Contains)) return ("profanity", SafetyAction.HandOver);
        return isInsult ? ("insult", SafetyAction.Tag) : null;
    }

    public static bool IsEmergency(string normal) => HoldsOneOf(Emergencies, " " + normal + " ");

    private static bool HoldsOneOf(string[] phrases, string sentence)
    {
        foreach (var phrase in phrases)
        {
            if (sentence.Contains(phrase, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // "shiiiit": the same word when each letter is read once.
    private static bool IsSwearingDrawnOut(string word)
    {
        Span<char> letters = stackalloc char[32];
        var length = 0;
        foreach (var letter in word.AsSpan(0, Math.Min(word.Length, letters.Length)))
        {
            if (length == 0 || letters[length - 1] != letter) letters[length++] = letter;
        }

        return length < word.Length && SwearingSpans.Contains(letters[..length]);
    }

    // "sh1t", "f*ck": only words that mix letters with signs are looked at, a star stands for the vowel.
    private static IEnumerable<string> Disguised(string text)
    {
        foreach (var word in text.Split([' ', '\n', '\t', ',', '.', '?'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length is > 3 and < 16))
        {
            if (word.AsSpan().IndexOfAny(Signs) < 0 || !word.Any(char.IsAsciiLetter)) continue;
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

    // Whole words only.
    private static string[] Bounded(string[] phrases) => [.. phrases.Select(phrase => " " + phrase + " ")];

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TextNormalizer.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
