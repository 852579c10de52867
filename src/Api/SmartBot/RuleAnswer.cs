using System.Collections.Immutable;
using Waqtor.SmartBot;

namespace Waqtor.Api.SmartBot;

/// <summary>A rule as clients see it.</summary>
public sealed record RuleAnswer
{
    public required string Id { get; init; }
    public required string Instance { get; init; }
    public required string Name { get; init; }
    public required ImmutableArray<string> Phrases { get; init; }
    public required ImmutableArray<string> NegativePhrases { get; init; }
    public string? Language { get; init; }
    public string? Reply { get; init; }
    public required ImmutableDictionary<string, string> Replies { get; init; }
    public InteractiveForm? Interactive { get; init; }
    public required int Priority { get; init; }
    public RuleSchedule? Schedule { get; init; }
    public required bool Enabled { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static RuleAnswer For(BotRule rule) => new()
    {
        Id = rule.Id,
        Instance = rule.Instance,
        Name = rule.Name,
        Phrases = rule.Phrases,
        NegativePhrases = rule.NegativePhrases,
        Language = rule.Language,
        Reply = rule.Reply,
        Replies = rule.Replies,
        Interactive = InteractiveForm.For(rule.Interactive),
        Priority = rule.Priority,
        Schedule = rule.Schedule,
        Enabled = rule.Enabled,
        CreatedAt = rule.CreatedAt,
        UpdatedAt = rule.UpdatedAt,
    };
}
