namespace Waqtor.SmartBot;

/// <summary>How a model is trained and how it decides. Everything a model does follows from rules, lexicon and these.</summary>
public sealed record TrainingOptions
{
    public static TrainingOptions Default { get; } = new();

    /// <summary>Confidence from which a rule answers. Default 0.75.</summary>
    public double AnswerThreshold { get; init; } = 0.75;

    /// <summary>Confidence below which the text goes on (AI, fallback). Default 0.45; between the two a clear margin answers, else a menu.</summary>
    public double ConsiderThreshold { get; init; } = 0.45;

    /// <summary>How far the first confidence must be ahead of the second to answer between the thresholds. Default 0.40.</summary>
    public double ClearMargin { get; init; } = 0.40;

    /// <summary>Share of the operator's own phrases that the gate may refuse as out of scope, 0.05-0.15. Default 0.10; more is stricter.</summary>
    public double Strictness { get; init; } = 0.10;

    /// <summary>Whether the shipped small talk (greetings, thanks, chat) competes with the rules, so that it is not answered by one. Default true.</summary>
    public bool SmallTalk { get; init; } = true;

    /// <summary>Phrases per rule that are learnt from; further ones are ignored with a warning. Default 200.</summary>
    public int PhrasesPerRuleMax { get; init; } = 200;

    /// <summary>Dense vector of a phrase (its original text) from an outside embedder, or null where there is none. Default none.</summary>
    public Func<string, float[]?>? PhraseVectors { get; init; }

    /// <summary>Share of the dense channel in the whole, when there are vectors. Default 0.4.</summary>
    public double VectorWeight { get; init; } = 0.4;
}
