using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>
/// Matches a batch's text, and where the whole is not clear each of its lines: a burst often is a greeting, a question and a
/// thank-you. The clearest wins.
/// </summary>
internal static class BotMatcher
{
    private const int TopMax = 3;

    public static BotMatch Match(BotWork work, SmartBotModel model, IReadOnlyDictionary<string, float[]>? vectors)
    {
        BotMatch? best = null;
        foreach (var text in work.Texts)
        {
            var found = Judge(work, model.Match(text, vectors is null ? default : vectors[text]), text == work.Question.Text ? null : text);
            if (best is null || IsClearer(found, best)) best = found;
            if (found is { Decision: MatchDecision.Answer, Line: null }) break;
        }

        return best!;
    }

    private static bool IsClearer(BotMatch one, BotMatch other) => one.Decision != other.Decision
        ? one.Decision > other.Decision
        : one.Top is [var first, ..] && (other.Top is not [var second, ..] || first.Confidence > second.Confidence);

    // The model does not know of clocks and switches: a rule that may not answer now makes room for the next.
    private static BotMatch Judge(BotWork work, MatchResult result, string? line)
    {
        var open = result.Top.Where(candidate => MayAnswer(work, candidate.RuleId)).Take(TopMax).ToList();
        ImmutableArray<ReplyCandidate> top = [.. open.Select(candidate =>
            new ReplyCandidate(candidate.RuleId, work.Mind.Find(candidate.RuleId)!.Name, candidate.Confidence, candidate.Phrase))];
        if (top.IsEmpty || result.IsOutOfScope) return new BotMatch(top, MatchDecision.Pass, result.IsOutOfScope, line);
        var decision = open[0].RuleId == result.Top[0].RuleId ? result.Decision : Decide(work.Settings, top[0].Confidence);
        return new BotMatch(top, decision, false, line);
    }

    private static MatchDecision Decide(SmartBotSettings settings, double confidence) =>
        confidence >= settings.AnswerConfidence ? MatchDecision.Answer
        : confidence >= settings.ConsiderConfidence ? MatchDecision.Menu
        : MatchDecision.Pass;

    private static bool MayAnswer(BotWork work, string ruleId) =>
        work.Mind.Find(ruleId) is { } rule
        && RuleClock.IsOpen(rule.Schedule, work.Question.Now)
        && (rule.Language is not { } language || work.Language.Language is "und" or "mixed" || SameLanguage(language, work.Language.Language));

    private static bool SameLanguage(string one, string other) =>
        string.Equals(one.Split('-')[0], other, StringComparison.OrdinalIgnoreCase);
}
