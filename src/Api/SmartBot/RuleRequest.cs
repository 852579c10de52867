using System.Collections.Immutable;
using Waqtor.SmartBot;

namespace Waqtor.Api.SmartBot;

/// <summary>A rule to be made or changed. In a change, absent members stay as they are; a rule has a reply or an interactive one.</summary>
public sealed record RuleRequest
{
    /// <summary>Name of the instance; needed to make a rule, and cannot change.</summary>
    public string? Instance { get; init; }
    /// <summary>1 to 200 characters.</summary>
    public string? Name { get; init; }
    /// <summary>Examples of what customers write, 1 to 200 of at most 500 characters.</summary>
    public IReadOnlyList<string>? Phrases { get; init; }
    /// <summary>Texts that must not lead here, at most 200.</summary>
    public IReadOnlyList<string>? NegativePhrases { get; init; }
    /// <summary>Primary tag of the only language it answers; empty: any.</summary>
    public string? Language { get; init; }
    /// <summary>Template of the reply.</summary>
    public string? Reply { get; init; }
    /// <summary>Templates by the customer's language, where they differ.</summary>
    public IReadOnlyDictionary<string, string>? Replies { get; init; }
    public InteractiveForm? Interactive { get; init; }
    /// <summary>Of rules that match equally well the higher one answers. Default: 0.</summary>
    public int? Priority { get; init; }
    public RuleSchedule? Schedule { get; init; }
    /// <summary>Default: yes.</summary>
    public bool? Enabled { get; init; }

    internal BotRule ToRule(string instance, BotRule? before)
    {
        var rule = before ?? new BotRule { Instance = instance, Name = "" };
        return rule with
        {
            Name = Name?.Trim() ?? rule.Name,
            Phrases = Phrases is null ? rule.Phrases : [.. Phrases.OfType<string>()],
            NegativePhrases = NegativePhrases is null ? rule.NegativePhrases : [.. NegativePhrases.OfType<string>()],
            Language = Language switch { null => rule.Language, "" => null, _ => Language },
            Reply = Reply switch { null => Interactive is null ? rule.Reply : null, "" => null, _ => Reply },
            Replies = Replies?.Where(reply => !string.IsNullOrEmpty(reply.Value)).ToImmutableDictionary(StringComparer.Ordinal) ?? rule.Replies,
            Interactive = Interactive is null ? string.IsNullOrEmpty(Reply) ? rule.Interactive : null : Interactive.ToReply(),
            Priority = Priority ?? rule.Priority,
            Schedule = Schedule ?? rule.Schedule,
            Enabled = Enabled ?? rule.Enabled,
        };
    }
}
