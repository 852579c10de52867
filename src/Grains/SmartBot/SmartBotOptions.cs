using System.ComponentModel.DataAnnotations;

namespace Waqtor.SmartBot;

/// <summary>Limits of the bot: section <c>Waqtor:SmartBot</c>.</summary>
public sealed class SmartBotOptions
{
    public const string Section = "SmartBot";

    /// <summary>Rules of one instance. Default: 500.</summary>
    [Range(1, 1_000)]
    public int RulesMax { get; set; } = 500;

    /// <summary>Milliseconds after the last edit of a burst of edits until the model is trained anew. Default: 500.</summary>
    [Range(10, 2_000)]
    public int RetrainDelayMilliseconds { get; set; } = 500;

    /// <summary>Milliseconds after which it is trained although edits go on. Default: 5,000.</summary>
    [Range(100, 60_000)]
    public int RetrainDelayMaxMilliseconds { get; set; } = 5_000;

    /// <summary>Seconds a training may take. Default: 60.</summary>
    [Range(1, 600)]
    public int TrainingSecondsMax { get; set; } = 60;

    /// <summary>Versions of an instance's model that are kept to go back to. Default: 10.</summary>
    [Range(1, 100)]
    public int VersionsMax { get; set; } = 10;

    /// <summary>Phrases of the live model below which a new one is not compared with it: too few to judge by. Default: 20.</summary>
    [Range(1, 100_000)]
    public int ComparedPhrasesMin { get; set; } = 20;

    /// <summary>Points of accuracy that a model with learnt phrases may cost before it is refused. Default: 2.</summary>
    [Range(0.0, 100.0)]
    public double SwapPointsAllowed { get; set; } = 2;

    /// <summary>Different texts of one instance that wait for a person to decide on; rare and old ones go first. Default: 500.</summary>
    [Range(10, 2_000)]
    public int LearntTextsMax { get; set; } = 500;

    /// <summary>Seconds after which texts to learn from are written; a crash may lose these. Default: 2.</summary>
    [Range(1, 60)]
    public int LearnWriteSeconds { get; set; } = 2;

    /// <summary>Decided suggestions of one instance that stay listed. Default: 200.</summary>
    [Range(10, 10_000)]
    public int DecidedSuggestionsMax { get; set; } = 200;

    /// <summary>Milliseconds for which a node trusts its copy of an instance's rules. Default: 1,000.</summary>
    [Range(1, 60_000)]
    public int CopyMilliseconds { get; set; } = 1_000;

    /// <summary>Instances of whose rules and models a node keeps copies. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int CopiesMax { get; set; } = 1_000;

    /// <summary>Milliseconds to wait for an embedder before words alone decide. Default: 1,500.</summary>
    [Range(50, 30_000)]
    public int EmbedderTimeoutMilliseconds { get; set; } = 1_500;

    /// <summary>Seconds an embedder that keeps failing is not asked. Default: 15.</summary>
    [Range(1, 600)]
    public int EmbedderBreakSeconds { get; set; } = 15;

    /// <summary>Vectors a node remembers. Default: 5,000.</summary>
    [Range(100, 1_000_000)]
    public int VectorsMax { get; set; } = 5_000;

    /// <summary>Vectors stored of one embedder in each of its 16 shards. Default: 500.</summary>
    [Range(10, 100_000)]
    public int VectorsPerShardMax { get; set; } = 500;

    /// <summary>Bytes of a model's or an embedder's answer. Default: 8 MiB.</summary>
    [Range(1_024, 256 * 1024 * 1024)]
    public int AnswerBytesMax { get; set; } = 8 * 1024 * 1024;

    /// <summary>Events of an instance's rules that wait for the archive; beyond it, edits are refused. Default: 1,000.</summary>
    [Range(10, 100_000)]
    public int OutboxEventsMax { get; set; } = 1_000;
}
