using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>One text on its way through the engine: what is known of it so far.</summary>
internal sealed class BotWork(BotQuestion question, BotMind mind)
{
    private const int LinesMatchedMax = 20;
    private static readonly SmartBotSettings DefaultSettings = new();

    public BotQuestion Question => question;
    public BotMind Mind => mind;
    public SmartBotSettings Settings { get; } = question.Instance.Settings.SmartBot ?? DefaultSettings;
    public string Normal { get; } = TextNormalizer.Normalize(question.Text);
    public DetectedLanguage Language { get; } = LanguageDetector.Detect(question.Text);
    public SafetyReport Safety { get; } = SafetyChecks.Inbound(question.Text);
    public List<ReplyStep> Steps { get; } = [];

    /// <summary>The rule that was chosen from an offer.</summary>
    public BotRule? Rule { get; private set; }
    public BotMatch? Match { get; set; }
    public ReplyPath Path { get; set; }
    public string? RuleId { get; set; }
    public double Confidence { get; set; }
    public string Text { get; set; } = "";
    public Offer? Offer { get; set; }
    public DataRequest? DataRequest { get; set; }

    /// <summary>The whole text, and each of its lines where there are several.</summary>
    public IReadOnlyList<string> Texts { get; } = TextsOf(question.Text);

    public void Choose(BotRule rule) => Rule = rule;

    public void Step(string name, string result) => Steps.Add(new ReplyStep(name, result));

    private static string[] TextsOf(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length <= 1 ? [text] : [text, .. lines.Distinct(StringComparer.Ordinal).Take(LinesMatchedMax)];
    }
}
