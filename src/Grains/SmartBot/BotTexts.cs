using System.Collections.Immutable;
using System.Globalization;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>The words of a reply.</summary>
internal static class BotTexts
{
    private const int TextCharactersMax = 4_096;

    public static (string Text, Offer? Offer) Rule(BotWork work, BotRule rule)
    {
        if (rule.Interactive is { } interactive)
            return (Cut(Render(work, interactive.Text), OfferLimits.TextCharactersMax), interactive.Offer);
        var template = rule.Replies.GetValueOrDefault(work.Language.Language) ?? rule.Reply ?? "";
        return (Cut(Render(work, template), TextCharactersMax), null);
    }

    /// <summary>The rules that may be meant, as buttons where their names fit and else as a list; each option's id is its rule's.</summary>
    public static (string Text, Offer Offer) Menu(BotWork work, ImmutableArray<ReplyCandidate> top)
    {
        var isArabic = work.Language.Language is "ar" or "mixed";
        var text = work.Settings.MenuText is { Length: > 0 } own ? Render(work, own) : isArabic ? "ماذا تقصد؟" : "What do you mean?";
        text = Cut(text, OfferLimits.TextCharactersMax);
        var titles = top.Select(candidate => Cut(candidate.Name, OfferLimits.ButtonTitleCharactersMax)).ToArray();
        var fit = top.All(candidate => candidate.Name.Length <= OfferLimits.ButtonTitleCharactersMax)
            && titles.Distinct(StringComparer.Ordinal).Count() == titles.Length;
        if (fit) return (text, new Offer { Buttons = [.. top.Select(candidate => new OfferButton(candidate.RuleId, candidate.Name))] });
        var rows = top.Select(candidate => new OfferRow(
            candidate.RuleId,
            Cut(candidate.Name, OfferLimits.RowTitleCharactersMax),
            candidate.Name.Length > OfferLimits.RowTitleCharactersMax ? Cut(candidate.Name, OfferLimits.RowDescriptionCharactersMax) : null));
        return (text, new Offer { List = new OfferList(isArabic ? "اختر" : "Choose", [new OfferSection(null, [.. rows])]) });
    }

    public static string HandOver(BotWork work) => Cut(Render(work, work.Settings.HandOverText), TextCharactersMax);

    /// <summary>The instance's fallback text over the batch.</summary>
    public static string Fallback(BotQuestion question)
    {
        var template = question.Instance.Settings.FallbackText;
        if (string.IsNullOrWhiteSpace(template)) return "";
        var text = Waqtor.Conversations.ReplyTemplate.Render(template, name => name switch
        {
            "text" => string.Join('\n', question.Lines.Where(line => line.Length > 0)),
            "messageCount" => question.MessageCount.ToString(CultureInfo.InvariantCulture),
            "name" => question.Contact.Name,
            "phone" => question.Contact.Phone,
            _ => question.Instance.Settings.SmartBot?.Variables.GetValueOrDefault(name),
        });
        return string.IsNullOrWhiteSpace(text) ? "" : Cut(text, TextCharactersMax);
    }

    /// <summary>All that an operator wrote into a rule: what is in it may be said.</summary>
    public static IEnumerable<string> Written(BotRule rule)
    {
        if (rule.Reply is { } reply) yield return reply;
        foreach (var text in rule.Replies.Values) yield return text;
        if (rule.Interactive is { } interactive) yield return interactive.Text;
    }

    private static string Render(BotWork work, string template) =>
        ReplyTemplate.TryParse(template, out var parsed, out _) ? parsed.Render(Variables(work)) : "";

    private static Dictionary<string, string?> Variables(BotWork work)
    {
        var question = work.Question;
        var local = RuleClock.Local(work.Settings.TimeZone, question.Now);
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in work.Settings.Variables) variables[name] = value;
        variables["name"] = question.Contact.Name;
        variables["phone"] = question.Contact.Phone;
        variables["time"] = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        variables["date"] = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        variables["text"] = question.Text;
        variables["messageCount"] = question.MessageCount.ToString(CultureInfo.InvariantCulture);
        variables["language"] = work.Language.Language;
        variables["dialect"] = work.Language.Dialect;
        variables["instance"] = question.Instance.Name;
        return variables;
    }

    // A surrogate pair is not cut in two.
    private static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = most - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }
}
