using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>What an operator wants to be answered, and how. The matcher learns its phrases; the rest counts at once.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-rule")]
public sealed record BotRule
{
    /// <summary>Empty: not stored yet.</summary>
    [Id(0)] public string Id { get; init; } = "";
    /// <summary>The instance's name.</summary>
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string Name { get; init; }
    /// <summary>Examples of what customers write; about ten make a good rule.</summary>
    [Id(3)] public ImmutableArray<string> Phrases { get; init; } = [];
    /// <summary>Texts that must not lead here.</summary>
    [Id(4)] public ImmutableArray<string> NegativePhrases { get; init; } = [];
    /// <summary>Primary tag of the only language it answers, such as <c>ar</c>. Null: any.</summary>
    [Id(5)] public string? Language { get; init; }
    /// <summary>Template of the reply; null where there is an interactive one.</summary>
    [Id(6)] public string? Reply { get; init; }
    /// <summary>Templates by the customer's language; where it is missing, <see cref="Reply"/> answers.</summary>
    [Id(7)] public ImmutableDictionary<string, string> Replies { get; init; } = ImmutableDictionary<string, string>.Empty;
    [Id(8)] public InteractiveReply? Interactive { get; init; }
    /// <summary>Of rules that match equally well the higher one answers. Default: 0.</summary>
    [Id(9)] public int Priority { get; init; }
    [Id(10)] public RuleSchedule? Schedule { get; init; }
    [Id(11)] public bool Enabled { get; init; } = true;
    [Id(12)] public DateTimeOffset CreatedAt { get; init; }
    [Id(13)] public DateTimeOffset UpdatedAt { get; init; }
}
