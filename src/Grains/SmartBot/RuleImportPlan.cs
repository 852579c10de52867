using System.Collections.Immutable;
using System.Text.Json;

namespace Waqtor.SmartBot;

/// <summary>What a document of rules would change: rules are known by id, else by name.</summary>
internal sealed class RuleImportPlan
{
    public List<BotRule> New { get; } = [];

    public List<(BotRule Rule, BotRule Known)> Changed { get; } = [];

    public List<string> Errors { get; } = [];

    public static RuleImportPlan Of(string instance, RuleImport read, IReadOnlyList<BotRule> rules)
    {
        var plan = new RuleImportPlan();
        foreach (var problem in read.Problems.Where(problem => problem.IsError))
            plan.Errors.Add($"{(problem.Row == 0 ? "" : $"Rule {problem.Row}: ")}{(problem.Field is null ? "" : problem.Field + ": ")}{problem.Message}");
        for (var i = 0; i < read.Rules.Count; i++) plan.Add(instance, read.Rules[i], i + 1, rules);
        return plan;
    }

    private void Add(string instance, RuleEntry entry, int row, IReadOnlyList<BotRule> rules)
    {
        var known = rules.FirstOrDefault(rule => rule.Id == entry.Id)
            ?? rules.FirstOrDefault(rule => string.Equals(rule.Name, entry.Name, StringComparison.OrdinalIgnoreCase));
        BotRule rule;
        try
        {
            rule = new BotRule
            {
                Id = known?.Id ?? "",
                Instance = instance,
                Name = entry.Name,
                Phrases = [.. entry.Phrases],
                NegativePhrases = [.. entry.NegativePhrases],
                Language = entry.Language,
                Reply = entry.Reply,
                // A file has no replies by language: those of a known rule stay.
                Replies = known?.Replies ?? ImmutableDictionary<string, string>.Empty,
                Interactive = RuleParts.ReadInteractive(entry.Interactive),
                Schedule = RuleParts.ReadSchedule(entry.Schedule),
                Priority = entry.Priority,
                Enabled = entry.Enabled,
            };
        }
        catch (JsonException)
        {
            Errors.Add($"Rule {row}: interactive or schedule cannot be read.");
            return;
        }

        if (rule.Refuse() is { } refusal) Errors.Add($"Rule {row}: {refusal.Field}: {refusal.Reason}");
        else if (known is null) New.Add(rule);
        else if (Changed.Exists(change => change.Known.Id == known.Id)) Errors.Add($"Rule {row}: stands in the file twice.");
        else Changed.Add((rule, known));
    }
}
