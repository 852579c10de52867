using System.Collections.Frozen;

namespace Waqtor.SmartBot;

/// <summary>Words that give a language or a dialect away, in their normal form.</summary>
internal static class LanguageMarkers
{
    private static readonly (string Language, FrozenSet<string> Words)[] Latin =
    [
        ("en", Set("the is are my to what how where when why i you it and of for do does can please not have has this that with on in a an was will")),
        ("fr", Set("le la les est je pour vous une des mon ma mes pas que qui dans avec sur bonjour merci comment ou quand combien votre c est")),
        ("es", Set("el los las es por una mi que como donde cuando quiero hola gracias para con esta tengo mi pedido")),
        ("tr", Set("bir ve bu ne nerede nasil icin merhaba var yok istiyorum mi siparisim kac lutfen")),
        ("id", Set("yang dan di ini itu saya tidak apa bagaimana berapa untuk dengan mau bisa tolong pesanan")),
    ];

    private static readonly FrozenSet<string> Arabizi = Set(
        "ana ana msh mesh mish mush mo mu 3ayez 3ayz 3awez abi abgha aby abee badi baddi bddi shlon shloon wesh wsh wash kam feen fen wain ween wen leh leesh lesh"
        + " emta imta shu sho eh eih ezay ezzay ezayak keef kif kifach bchhal bikam bkam salam inshallah yalla habibi shukran 3andi 3ndi l2 la2 aywa eywa khalas"
        + " momken mumkin law sama7t men fadlak bass dilwa2ti delwa2ti hala2 halla2 al7een al7in baghit bghit dyal wa7ed fi el il ya5i ya akhi tawsil talab talabi fatora");

    private static readonly (string Dialect, FrozenSet<string> Words)[] Dialects =
    [
        ("egyptian", Set("ايه ازاي ازيك عايز عايزه عاوز عاوزه دلوقتي دلوقت فين مش امتي ليه كده بتاع بتاعي بتاعتي النهارده امبارح بكره اهو لسه انهي مفيش معلش علشان عشان ده دي دول بقي برضه كمان هو اي")),
        ("gulf", Set("وش شلون شلونك ابي ابغي ابغا نبي تبي تبون الحين وايد مره ليش وينه وينها كذا ايش يبي يبغي ودي دحين توني عندكم مو هالحين زين مب خوش شنو اشلون حق حقي اشوي طال عمرك")),
        ("levantine", Set("شو هلق هلا هلأ بدي بدنا بدك بدها كتير هيك ليش وين قديش اديش كيفك منيح هاد هاي هدول لسا مشان لهلق عم اي شي مافي معي رح لحد هسا بقدر بعرف بكرا")),
        ("maghrebi", Set("واش كيفاش برشا ديال ديالي ديالك بغيت نبغي شنو شنوه شنوا علاش فوقاش وقتاش بزاف غادي دابا توا هاذي هاد راني كاين ماكاينش مزيان ياسر باهي شحال قداش بشحال نجم كيما حاجه فاش متاع متاعي")),
        ("iraqi", Set("شكو ماكو اكو هسه هسة شلون شنو اريد بيش شكد هواي هوايه مالتي مالي جان كلش ليش خوش وينه اشتري عدكم")),
        ("msa", Set("الذي التي الذين لماذا سوف ماذا هل يمكنني كيف اريد ليس ليست لقد قد هذا هذه ذلك تلك عندما حيث ايضا لم لن اين متي يرجي نحن منذ اود ارجو بامكاني")),
    ];

    public static string? DialectOf(ReadOnlySpan<string> words)
    {
        string? best = null;
        double bestScore = 0, second = 0;
        foreach (var (dialect, markers) in Dialects)
        {
            double score = 0;
            foreach (var word in words) if (markers.Contains(word)) score += Weight(word);
            if (score > bestScore) (best, bestScore, second) = (dialect, score, bestScore);
            else if (score > second) second = score;
        }

        return bestScore > second ? best : null;
    }

    public static DetectedLanguage LatinLanguageOf(ReadOnlySpan<string> words)
    {
        var language = "en";
        var most = 0;
        foreach (var (name, markers) in Latin)
        {
            var hits = Count(words, markers);
            if (hits > most) (language, most) = (name, hits);
        }

        var arabizi = Count(words, Arabizi);
        foreach (var word in words) if (HasDigitLetter(word)) arabizi += 2;
        return arabizi > most ? new("ar", null, true) : new(language);
    }

    // A word that several dialects claim says less.
    private static double Weight(string word)
    {
        var claims = 0;
        foreach (var (_, markers) in Dialects) if (markers.Contains(word)) claims++;
        return 1.0 / claims;
    }

    private static int Count(ReadOnlySpan<string> words, FrozenSet<string> markers)
    {
        var hits = 0;
        foreach (var word in words) if (markers.Contains(word)) hits++;
        return hits;
    }

    // 3, 7, 2 and 5 stand for letters when letters stand beside them: "3ayez", "la7za", "so2al".
    private static bool HasDigitLetter(string word)
    {
        var letters = 0;
        var signs = 0;
        foreach (var character in word)
        {
            if (char.IsAsciiLetterLower(character)) letters++;
            else if (character is '2' or '3' or '5' or '7') signs++;
            else return false;
        }

        return signs is > 0 and < 3 && letters >= 2;
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TextNormalizer.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
