using System.Collections.Immutable;

namespace Waqtor.SmartBot;

// What no rule answered for sure, and what a person makes of it. Nothing is learnt without one.
public sealed partial class SmartBotGrain
{
    private const int RejectedMax = 1_000;

    public Task LearnAsync(string instance, ImmutableArray<LearnedText> texts)
    {
        state.State.Instance = instance;
        foreach (var text in texts) Learn(text);
        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<BotSuggestion>> ListSuggestionsAsync(SuggestionStatus status)
    {
        if (status != SuggestionStatus.Open)
            return [.. learning.State.Decided.Where(one => one.Status == status).Reverse()];
        // Nobody is shown what a crash would take back.
        if (_learningIsDirty) await WriteLearningAsync();
        return Suggestions();
    }

    public async Task<RuleChange> AcceptSuggestionAsync(string suggestionId, AcceptSuggestion decision)
    {
        if (Suggestions().FirstOrDefault(one => one.Id == suggestionId) is not { } suggestion) return new RuleChange(null, "not_found");
        var phrases = decision.Phrases.IsDefaultOrEmpty ? suggestion.Phrases : decision.Phrases;
        var change = decision.NewRule is { } rule
            ? await AddTaughtRuleAsync(rule, phrases)
            : await TeachAsync(decision.RuleId ?? suggestion.RuleId, phrases);
        if (change.Rule is { } taught) await DecideAsync(suggestion with { RuleId = taught.Id, RuleName = taught.Name, Phrases = phrases }, SuggestionStatus.Accepted);
        return change;
    }

    public async Task<bool> RejectSuggestionAsync(string suggestionId)
    {
        if (Suggestions().FirstOrDefault(one => one.Id == suggestionId) is not { } suggestion) return false;
        learning.State.Rejected.AddRange(suggestion.Phrases.Select(TextNormalizer.Normalize));
        var tooMany = learning.State.Rejected.Count - RejectedMax;
        if (tooMany > 0) learning.State.Rejected.RemoveRange(0, tooMany);
        await DecideAsync(suggestion, SuggestionStatus.Rejected);
        return true;
    }

    private async Task<RuleChange> AddTaughtRuleAsync(BotRule rule, ImmutableArray<string> phrases)
    {
        if (state.State.Rules.Count >= options.Value.RulesMax) return TooManyRules();
        var taught = rule with { Id = "", Phrases = Joined(rule.Phrases, phrases) };
        if (taught.Refuse() is { } refusal) return refusal;
        var stored = Store(taught, null);
        state.State.Compares = true;
        await CommitAsync("created", stored);
        return new RuleChange(stored);
    }

    private async Task<RuleChange> TeachAsync(string? ruleId, ImmutableArray<string> phrases)
    {
        if (ruleId is null) return new RuleChange(null, "no_rule", "ruleId", "No rule is near: name one, or make a new one.");
        if (state.State.Rules.Find(one => one.Id == ruleId) is not { } known) return new RuleChange(null, "no_rule", "ruleId", "There is no such rule.");
        var taught = known with { Phrases = Joined(known.Phrases, phrases) };
        if (taught.Refuse() is { } refusal) return refusal;
        var stored = Store(taught, known);
        state.State.Compares = true;
        await CommitAsync("updated", stored);
        return new RuleChange(stored);
    }

    // The texts go with the decision, which stays listed with the model's version: what later versions answer shows its worth.
    private async Task DecideAsync(BotSuggestion suggestion, SuggestionStatus status)
    {
        var normals = suggestion.Phrases.Concat(Suggestions().First(one => one.Id == suggestion.Id).Phrases)
            .Select(TextNormalizer.Normalize).ToHashSet(StringComparer.Ordinal);
        learning.State.Texts.RemoveAll(text => normals.Contains(text.Normal));
        learning.State.Decided.Add(suggestion with
        {
            Status = status, DecidedAt = clock.GetUtcNow(), DecidedAtModelVersion = state.State.LiveVersion,
        });
        var tooMany = learning.State.Decided.Count - options.Value.DecidedSuggestionsMax;
        if (tooMany > 0) learning.State.Decided.RemoveRange(0, tooMany);
        await WriteLearningAsync();
    }

    private void Learn(LearnedText text)
    {
        if (text.Text.Length > RuleDocument.PhraseCharactersMax) return;
        var normal = TextNormalizer.Normalize(text.Text);
        if (!normal.Any(char.IsLetter) || learning.State.Rejected.Contains(normal)) return;
        var now = clock.GetUtcNow();
        var texts = learning.State.Texts;
        var index = texts.FindIndex(one => one.Normal == normal);
        if (index >= 0)
        {
            texts[index] = texts[index] with { Count = texts[index].Count + 1, LastAt = now, RuleId = text.RuleId, Confidence = text.Confidence };
        }
        else
        {
            if (texts.Count >= options.Value.LearntTextsMax) texts.Remove(texts.OrderBy(one => one.Count).ThenBy(one => one.LastAt).First());
            texts.Add(new LearntText
            {
                Id = ids.New(IdPrefix.Suggestion),
                Text = text.Text,
                Normal = normal,
                Language = text.Language,
                Count = 1,
                RuleId = text.RuleId,
                Confidence = text.Confidence,
                FirstAt = now,
                LastAt = now,
            });
        }

        _suggestions = null;
        if (_learningIsDirty) return;
        _learningIsDirty = true;
        _learnTimer.Change(TimeSpan.FromSeconds(options.Value.LearnWriteSeconds), Timeout.InfiniteTimeSpan);
    }

    private async Task WriteLearningAsync()
    {
        _suggestions = null;
        _learningIsDirty = false;
        await learning.WriteOrForgetAsync(this);
    }

    private ImmutableArray<BotSuggestion> Suggestions()
    {
        if (_suggestions is { } known) return known;
        var texts = learning.State.Texts.ToDictionary(text => text.Id, StringComparer.Ordinal);
        var clusters = PhraseClusters.Cluster(
            [.. texts.Values.Select(text => new UnmatchedText(text.Id, text.Text, text.Count))], models.Peek(InstanceId), ConceptLexicon.Default);
        _suggestions = [.. clusters.Select(cluster => Suggest(cluster, texts))];
        return _suggestions.Value;
    }

    private BotSuggestion Suggest(PhraseCluster cluster, Dictionary<string, LearntText> texts)
    {
        var members = cluster.Texts.Select(text => texts[text.Id]).ToList();
        // The oldest text names the suggestion: it stays the same while others join.
        var ruleId = cluster.RuleId ?? members.Find(text => text.RuleId is not null)?.RuleId;
        var rule = state.State.Rules.Find(one => one.Id == ruleId);
        return new BotSuggestion
        {
            Id = members.Select(text => text.Id).Min(StringComparer.Ordinal)!,
            Instance = state.State.Instance,
            Phrases = [.. members.OrderByDescending(text => text.Count).Select(text => text.Text)],
            Count = cluster.Count,
            Language = members[0].Language,
            RuleId = rule?.Id,
            RuleName = rule?.Name,
            Confidence = cluster.RuleId is null ? members.Max(text => text.Confidence) : cluster.Confidence,
            FirstAt = members.Min(text => text.FirstAt),
            LastAt = members.Max(text => text.LastAt),
        };
    }

    private static ImmutableArray<string> Joined(ImmutableArray<string> known, ImmutableArray<string> added) =>
        [.. known.Concat(added).DistinctBy(TextNormalizer.Normalize, StringComparer.Ordinal)];
}
