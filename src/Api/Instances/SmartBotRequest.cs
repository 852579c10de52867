namespace Waqtor.Api.Instances;

/// <summary>How the bot answers beside its rules; absent members stay as they are.</summary>
public sealed record SmartBotRequest
{
    /// <summary>Confidence from which a rule answers, 0.5 to 1. Default: 0.75.</summary>
    public double? AnswerConfidence { get; init; }
    /// <summary>Confidence below which a text goes on, 0 to the one above. Default: 0.45.</summary>
    public double? ConsiderConfidence { get; init; }
    /// <summary>0.05 to 0.15; more takes less for an answer. Default: 0.1.</summary>
    public double? Strictness { get; init; }
    /// <summary>Between the two confidences up to three rules are offered. Default: yes.</summary>
    public bool? Menu { get; init; }
    /// <summary>The text above such a menu; empty: a question in the customer's language.</summary>
    public string? MenuText { get; init; }
    /// <summary>A person takes over where nothing else answers, and where a text calls for one. Default: no.</summary>
    public bool? HandOver { get; init; }
    /// <summary>Template that is sent then.</summary>
    public string? HandOverText { get; init; }
    /// <summary>Minutes the bot pauses then, 1 to 525,600; 0: until resumed by hand.</summary>
    public int? HandOverMinutes { get; init; }
    /// <summary>The language model; an empty address takes it away.</summary>
    public AiRequest? Ai { get; init; }
    /// <summary>The embedder; an empty address takes it away.</summary>
    public EmbedderRequest? Embedder { get; init; }
    /// <summary>Variables of all templates, at most 50.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
    /// <summary>IANA name of the time zone of time and date in templates; empty: UTC.</summary>
    public string? TimeZone { get; init; }
}
