using System.Text.Json;

namespace Waqtor.SmartBot;

/// <summary>A rule as it stands in a file: what the matcher needs and what it answers.</summary>
public sealed record RuleEntry
{
    /// <summary>Id of the rule; null for a new one.</summary>
    public string? Id { get; init; }

    public string Name { get; init; } = "";

    public IReadOnlyList<string> Phrases { get; init; } = [];

    public IReadOnlyList<string> NegativePhrases { get; init; } = [];

    /// <summary>BCP 47 primary tag, or null for any language.</summary>
    public string? Language { get; init; }

    public int Priority { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Reply template; see <see cref="ReplyTemplate"/>.</summary>
    public string? Reply { get; init; }

    /// <summary>Buttons or a list instead of a plain reply, kept as it is.</summary>
    public JsonElement? Interactive { get; init; }

    /// <summary>When the rule answers, kept as it is.</summary>
    public JsonElement? Schedule { get; init; }

    /// <summary>What the matcher needs of it, under an id.</summary>
    public RuleDefinition ToDefinition(string id) => new(id, Name, Phrases, NegativePhrases, Language, Priority);
}
