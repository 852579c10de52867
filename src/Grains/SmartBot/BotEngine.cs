using System.Collections.Immutable;
using System.Globalization;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>
/// Decides what a text is answered with, in eight steps that are all in the trace. The live bot and the test bench are two
/// callers of this one method: what the bench shows is what would have been done.
/// </summary>
/// <remarks>
/// The order: a choice from what was offered; an opt-out; a text that calls for a person; the rule that is meant for sure; a
/// menu of the rules that may be meant; the language model; the fallback text; a person.
/// </remarks>
public sealed class BotEngine(BotModels models, BotEmbedder embedder, AiResponder ai)
{
    private const int TraceCharactersMax = 500;
    private const int TextCharactersMax = 4_096;

    public async Task<BotAnswer> AnswerAsync(BotQuestion question, CancellationToken cancellationToken)
    {
        var mind = await models.GetAsync(question.Instance);
        var work = new BotWork(question, mind);
        work.Step("normalise", work.Normal.Length == 0 ? "nothing left to read" : Short(work.Normal));
        work.Step("detectLanguage", work.Language.Dialect is { } dialect ? $"{work.Language.Language}, {dialect}" : work.Language.Language);
        work.Step("inboundSafety", Describe(work.Safety));
        await MatchAsync(work, cancellationToken);
        await DecideAsync(work, cancellationToken);
        work.Step("render", work.Text.Length == 0 ? "nothing to send" : $"{work.Text.Length} characters{(work.Offer is null ? "" : ", with an offer")}");
        CheckOutbound(work);
        var learn = LearntOf(work);
        work.Step("sendAndLearn", $"{(work.Text.Length == 0 ? "nothing is sent" : "one reply")}{(learn is null ? "" : ", kept to learn from")}");
        return AnswerOf(work, learn);
    }

    private async Task MatchAsync(BotWork work, CancellationToken cancellationToken)
    {
        if (BotChoice.Find(work.Question, work.Mind) is { } chosen)
        {
            work.Choose(chosen);
            work.Step("match", $"chosen from an offer: {chosen.Name}");
            return;
        }

        if (work.Mind.Model.Model is not { } model || work.Normal.Length == 0 || work.Safety.IsOptOut)
        {
            work.Step("match", work.Mind.HasRules ? "not matched" : "no rules");
            return;
        }

        var vectors = await VectorsAsync(work, cancellationToken);
        work.Match = BotMatcher.Match(work, model, vectors);
        var by = !work.Mind.Model.HasVectors ? "" : vectors is null ? ", by words alone: the embedder did not answer" : ", by words and vectors";
        work.Step("match", work.Match.Top.Length == 0
            ? $"no rule is near{by}"
            : string.Create(CultureInfo.InvariantCulture, $"{work.Match.Top[0].Name} {work.Match.Top[0].Confidence:0.00}{by}"));
    }

    // One vector for the whole text and one for each of its lines; null when one of them cannot be had.
    private async Task<Dictionary<string, float[]>?> VectorsAsync(BotWork work, CancellationToken cancellationToken)
    {
        if (!work.Mind.Model.HasVectors) return null;
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var text in work.Texts)
        {
            var vector = await embedder.TryEmbedAsync(work.Question.Instance, Redaction.Of(text, work.Question.Contact), cancellationToken);
            if (vector is null) return null;
            vectors[text] = vector;
        }

        return vectors;
    }

    private async Task DecideAsync(BotWork work, CancellationToken cancellationToken)
    {
        var settings = work.Settings;
        if (work.Rule is null && work.Safety.IsOptOut) Take(work, ReplyPath.Blocked, "the customer opted out");
        else if (work.Rule is null && settings.HandOver && work.Safety.NeedsPerson) HandOver(work, "the text calls for a person");
        else if (work.Rule is { } chosen) Answer(work, chosen, 1, "chosen");
        else if (work.Match is { Decision: MatchDecision.Answer } sure) Answer(work, work.Mind.Find(sure.Top[0].RuleId)!, sure.Top[0].Confidence, "sure enough");
        else if (settings.Menu && work.Match is { Decision: MatchDecision.Menu } unsure) Offer(work, unsure);
        else await GoOnAsync(work, cancellationToken);
    }

    private async Task GoOnAsync(BotWork work, CancellationToken cancellationToken)
    {
        var passed = new List<string> { work.Mind.HasRules ? "no rule" : "no rules" };
        if (work.Settings.Ai is { } settings && work.Normal.Length > 0)
        {
            if (work.Safety.Has(SafetyChecks.Injection))
            {
                passed.Add("not for the model: looks like an injection");
            }
            else
            {
                var answer = await ai.AskAsync(work.Question, settings, cancellationToken);
                if (answer.Failure is null && OutboundFault(work, answer.Text, isModel: true) is not { } fault)
                {
                    (work.Text, work.DataRequest) = (answer.Text, answer.DataRequest);
                    Take(work, ReplyPath.Ai, string.Join("; ", passed));
                    return;
                }

                passed.Add($"model: {answer.Failure ?? OutboundFault(work, answer.Text, isModel: true)}");
            }
        }

        work.Text = BotTexts.Fallback(work.Question);
        if (work.Text.Length > 0 || !work.Settings.HandOver) Take(work, ReplyPath.Fallback, string.Join("; ", passed));
        else HandOver(work, string.Join("; ", passed));
    }

    private static void Answer(BotWork work, BotRule rule, double confidence, string why)
    {
        (work.RuleId, work.Confidence) = (rule.Id, confidence);
        (work.Text, work.Offer) = BotTexts.Rule(work, rule);
        Take(work, ReplyPath.Rule, why);
    }

    private static void Offer(BotWork work, BotMatch match)
    {
        work.Confidence = match.Top[0].Confidence;
        (work.Text, work.Offer) = BotTexts.Menu(work, match.Top);
        Take(work, ReplyPath.Menu, "may mean one of several");
    }

    private static void HandOver(BotWork work, string why)
    {
        work.Text = BotTexts.HandOver(work);
        Take(work, ReplyPath.Handover, why);
    }

    private static void Take(BotWork work, ReplyPath path, string why)
    {
        work.Path = path;
        work.Step("decide", $"{path.ToString().ToLowerInvariant()}: {why}");
    }

    private static void CheckOutbound(BotWork work)
    {
        if (work.Text.Length == 0)
        {
            work.Step("outboundSafety", "nothing to check");
            return;
        }

        var fault = OutboundFault(work, work.Text, isModel: work.Path == ReplyPath.Ai);
        // The fallback text repeats the customer's own words to the customer: what is in them is nobody else's.
        if (fault is null || work.Path == ReplyPath.Fallback)
        {
            work.Step("outboundSafety", "passed");
            return;
        }

        work.Step("outboundSafety", $"blocked: {fault}");
        (work.Path, work.Text, work.Offer) = (ReplyPath.Blocked, "", null);
    }

    // What the operator wrote may hold his own numbers and links; what a model wrote may hold only those.
    private static string? OutboundFault(BotWork work, string text, bool isModel)
    {
        var instance = work.Question.Instance;
        var report = SafetyChecks.Outbound(text, new OutboundContext
        {
            KnownPhones = work.Question.Contact.Phone is { } phone ? [phone] : [],
            TrustedTexts = [.. work.Mind.Rules.SelectMany(BotTexts.Written), work.Settings.HandOverText, work.Settings.MenuText ?? "", instance.Settings.FallbackText, .. work.Settings.Variables.Values],
            Secrets = [.. Secrets(instance)],
            AllowAnyLink = !isModel,
            CharactersMax = work.Offer is null ? TextCharactersMax : OfferLimits.TextCharactersMax,
        });
        return report.Findings.FirstOrDefault(finding => finding.Action == SafetyAction.Block)?.Check;
    }

    private static IEnumerable<string> Secrets(InstanceConfiguration instance)
    {
        var credentials = instance.Credentials;
        string?[] all =
        [
            credentials.ApiKey, credentials.AccessToken, credentials.AppSecret, credentials.VerifyToken, credentials.WebhookSecret,
            credentials.AiApiKey, credentials.EmbedderApiKey, instance.Settings.SmartBot?.Ai?.SystemPrompt,
        ];
        return all.OfType<string>();
    }

    // A text that a rule answered for sure teaches nothing; without rules there is nobody to teach.
    private static LearnedText? LearntOf(BotWork work)
    {
        if (!work.Mind.HasRules || work.Normal.Length == 0 || work.Rule is not null || work.Safety.IsOptOut || work.Question.Choice is not null) return null;
        if (work.Path == ReplyPath.Rule && work.Confidence >= work.Settings.AnswerConfidence) return null;
        var text = work.Match?.Line ?? work.Question.Text;
        var near = work.Match is { IsOutOfScope: false, Top: [var first, ..] } ? first : null;
        return new LearnedText(Redaction.Of(text, work.Question.Contact).Trim(), work.Language.Language, near?.RuleId, near?.Confidence ?? 0);
    }

    private static BotAnswer AnswerOf(BotWork work, LearnedText? learn) => new()
    {
        Text = work.Text,
        Offer = work.Offer,
        HandOver = work.Path == ReplyPath.Handover,
        DataRequest = work.DataRequest,
        Learn = learn,
        IsNews = work.Mind.HasRules || work.Path is not (ReplyPath.Fallback or ReplyPath.Blocked),
        Trace = new ReplyTrace
        {
            At = work.Question.Now,
            Path = work.Path,
            RuleId = work.RuleId,
            Confidence = work.Path is ReplyPath.Rule or ReplyPath.Menu ? work.Confidence : work.Match is { IsOutOfScope: false, Top: [var first, ..] } ? first.Confidence : 0,
            Language = work.Language.Language,
            Dialect = work.Language.Dialect,
            Text = Short(work.Question.Text),
            Reply = Short(work.Text),
            Top = work.Match?.Top ?? [],
            Steps = [.. work.Steps],
            ModelVersion = work.Mind.ModelVersion,
        },
    };

    private static string Describe(SafetyReport report) => report.Findings.Count == 0
        ? "nothing found"
        : string.Join(", ", report.Findings.Select(finding => finding.Check).Distinct(StringComparer.Ordinal));

    private static string Short(string text)
    {
        if (text.Length <= TraceCharactersMax) return text;
        var end = char.IsHighSurrogate(text[TraceCharactersMax - 1]) ? TraceCharactersMax - 1 : TraceCharactersMax;
        return text[..end];
    }
}
