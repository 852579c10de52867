using System.Collections.Frozen;

namespace Waqtor.SmartBot;

/// <summary>
/// Marks of an attempt to give orders to a language model. Paraphrases escape, so a mark only lowers trust and is never the only defence; the rules
/// themselves answer operators' texts only and cannot be talked over.
/// </summary>
internal static class InjectionMarks
{
    private const int Reach = 7;

    private static readonly FrozenSet<string> Dismissing = Set(
        "ignore disregard forget override bypass neglect overrule تجاهل تجاهلي اتجاهل انس انسي انسى تخط تخطى تجاوز اهمل الغ اترك");

    private static readonly FrozenSet<string> Orders = Set(
        "instructions instruction prompt prompts guidelines directives rules programming constraints restrictions التعليمات تعليماتك تعليمات الاوامر اوامرك اوامر القواعد قواعدك التوجيهات البرومبت القيود");

    private static readonly FrozenSet<string> Owners = Set(
        "previous prior above earlier system all any your preceding initial original former these those everything the السابقه السابقة كل جميع اعلاه النظام سابقه اي");

    private static readonly FrozenSet<string> OwnedOrders = Set("تعليماتك اوامرك قواعدك التعليمات الاوامر التوجيهات");

    private static readonly FrozenSet<string> Revealing = Set(
        "reveal print show repeat display output tell give leak dump expose share write اعرض اظهر اكشف اطبع وريني ورني كرر اكتب اعطني عطني اخبرني قلي");

    private static readonly string[] Hidden = Bounded(
    [
        "system prompt", "your prompt", "your instructions", "your rules", "hidden prompt", "hidden instructions", "initial prompt", "initial instructions",
        "system message", "secret instructions", "developer message", "تعليماتك", "اوامرك", "تعليمات النظام", "موجه النظام", "البرومبت", "رساله النظام", "التعليمات السريه",
    ]);

    // Whole words, but for the last: what follows it is written together with it.
    private static readonly string[] Phrases =
    [
        .. Bounded([
            "developer mode", "dan mode", "do anything now", "jailbreak", "jailbroken", "god mode", "you are now dan", "you are no longer", "pretend you are", "pretend to be",
            "pretend that you", "without any restrictions", "no restrictions", "new instructions", "from now on you", "simulate being",
            "تظاهر بانك", "تظاهر انك", "تصرف كانك", "تخيل انك", "وضع المطور", "من الان انت", "انت الان مساعد", "بدون قيود", "اعتبر نفسك", "مثل انك",
        ]),
        " تصرف ك",
    ];

    private static readonly string[] Roles = ["a", "an", "if", "my", "the", "dan", "root", "admin"];

    private static readonly FrozenSet<string> Personas = Set(
        "ai model assistant dan unrestricted hacker admin administrator developer system bot chatbot terminal root character evil linux gpt chatgpt");

    private static readonly string[] Markers = ["[inst]", "<<sys>>", "<|im_start|>", "<|im_end|>", "<|system|>", "<|endoftext|>", "### system", "### instruction", "<system>", "</system>"];

    /// <summary>The kind of mark found, or null.</summary>
    public static string? Find(string text, string[] words)
    {
        if (HoldsMarker(text) || BeginsARole(text)) return "role_marker";
        if (HoldsOneOf(Phrases, " " + string.Join(' ', words) + " ")) return "persona";
        if (DismissesOrders(words)) return "dismiss_instructions";
        if (Reveals(words)) return "reveal_prompt";
        if (TakesARole(words)) return "persona";
        return SpelledOut(words) ? "spaced_letters" : null;
    }

    private static bool HoldsMarker(string text)
    {
        // Each of them has one of these signs, and few texts do.
        if (text.AsSpan().IndexOfAny('[', '<', '#') < 0) return false;
        foreach (var marker in Markers)
        {
            if (text.Contains(marker, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool HoldsOneOf(string[] phrases, string sentence)
    {
        foreach (var phrase in phrases)
        {
            if (sentence.Contains(phrase, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool BeginsARole(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith("system:", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("assistant:", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool DismissesOrders(string[] words)
    {
        for (var index = 0; index < words.Length; index++)
        {
            if (!Dismissing.Contains(words[index])) continue;
            var owned = false;
            for (var next = index + 1; next < words.Length && next <= index + Reach; next++)
            {
                if (OwnedOrders.Contains(words[next]) || (owned && Orders.Contains(words[next]))) return true;
                if (Orders.Contains(words[next]) && next + 1 < words.Length && Owners.Contains(words[next + 1]) && !IsArticle(words[next + 1])) return true;
                owned |= Owners.Contains(words[next]);
            }
        }

        return false;
    }

    private static bool Reveals(string[] words)
    {
        for (var index = 0; index < words.Length; index++)
        {
            if (!Revealing.Contains(words[index])) continue;
            var after = " " + string.Join(' ', words.Skip(index + 1).Take(Reach)) + " ";
            if (HoldsOneOf(Hidden, after)) return true;
        }

        return false;
    }

    private static bool TakesARole(string[] words)
    {
        for (var index = 0; index + 2 < words.Length; index++)
        {
            var begins = (words[index] == "act" && words[index + 1] is "as" or "like") || (words[index] == "you" && words[index + 1] == "are" && words[index + 2] == "now");
            if (begins && Roles.Contains(words[index + 2] == "now" && index + 3 < words.Length ? words[index + 3] : words[index + 2])
                && words.Skip(index + 2).Take(Reach + 1).Any(Personas.Contains)) return true;
        }

        return false;
    }

    private static bool IsArticle(string word) => word is "the" or "any" or "all";

    // "i g n o r e  p r e v i o u s": single letters in a row are read as one word.
    private static bool SpelledOut(string[] words)
    {
        var letters = string.Concat(words.Where(word => word.Length == 1));
        return letters.Length >= 12 && (letters.Contains("ignoreprevious", StringComparison.Ordinal) || letters.Contains("ignoreall", StringComparison.Ordinal)
            || letters.Contains("instructions", StringComparison.Ordinal) || letters.Contains("systemprompt", StringComparison.Ordinal));
    }

    private static string[] Bounded(string[] phrases) => [.. phrases.Select(phrase => " " + phrase + " ")];

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TextNormalizer.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
