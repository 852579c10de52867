using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>How an instance's bot answers, beside its rules.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.smartbot-settings")]
public sealed record SmartBotSettings
{
    /// <summary>Confidence from which a rule answers, 0.5 to 1. Default: 0.75.</summary>
    [Id(0)] public double AnswerConfidence { get; init; } = 0.75;
    /// <summary>Confidence below which a text goes on, 0 to the one above. Default: 0.45.</summary>
    [Id(1)] public double ConsiderConfidence { get; init; } = 0.45;
    /// <summary>Share of the rules' own phrases that may be taken for something else, 0.05 to 0.15; more is stricter. Default: 0.1.</summary>
    [Id(2)] public double Strictness { get; init; } = 0.1;
    /// <summary>Between the two confidences up to three rules are offered to choose from. Default: yes.</summary>
    [Id(3)] public bool Menu { get; init; } = true;
    /// <summary>The text above such a menu. Default: a question in the customer's language.</summary>
    [Id(4)] public string? MenuText { get; init; }
    /// <summary>A person takes over where nothing else answers, and where a text calls for one. Default: no.</summary>
    [Id(5)] public bool HandOver { get; init; }
    /// <summary>Template that is sent then; empty: nothing.</summary>
    [Id(6)] public string HandOverText { get; init; } = "";
    /// <summary>Minutes the bot pauses then; null: until resumed by hand.</summary>
    [Id(7)] public int? HandOverMinutes { get; init; }
    /// <summary>Null: no model answers.</summary>
    [Id(8)] public AiSettings? Ai { get; init; }
    /// <summary>Null: only the built-in one.</summary>
    [Id(9)] public EmbedderSettings? Embedder { get; init; }
    /// <summary>Variables of all templates, by name; at most 50.</summary>
    [Id(10)] public ImmutableDictionary<string, string> Variables { get; init; } = ImmutableDictionary<string, string>.Empty;
    /// <summary>IANA name of the time zone of <c>{{time}}</c> and <c>{{date}}</c>. Default: UTC.</summary>
    [Id(11)] public string? TimeZone { get; init; }
}
