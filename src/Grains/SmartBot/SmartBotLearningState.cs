namespace Waqtor.SmartBot;

/// <summary>What an instance might learn, and what a person decided. Bounded by options.</summary>
[GenerateSerializer, Alias("waqtor.smartbot-learning-state")]
public sealed class SmartBotLearningState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    [Id(1)] public List<LearntText> Texts { get; set; } = [];
    /// <summary>Newest last.</summary>
    [Id(2)] public List<BotSuggestion> Decided { get; set; } = [];
    /// <summary>Normal forms of rejected texts, oldest first.</summary>
    [Id(3)] public List<string> Rejected { get; set; } = [];
}
