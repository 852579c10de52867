namespace Waqtor.SmartBot;

/// <summary>A model that was live.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-model-version")]
public sealed record BotModelVersion
{
    [Id(0)] public required long Version { get; init; }
    [Id(1)] public required DateTimeOffset At { get; init; }
    [Id(2)] public int Rules { get; init; }
    [Id(3)] public int Phrases { get; init; }
    /// <summary>Share of held-out phrases that reached their rule; null with too few to hold out.</summary>
    [Id(4)] public double? Accuracy { get; init; }
    /// <summary>The version whose rules were brought back.</summary>
    [Id(5)] public long? RestoredFrom { get; init; }
    [Id(6)] public double TrainingMilliseconds { get; init; }
    /// <summary>Accuracy of the model before it.</summary>
    [Id(7)] public double? PreviousAccuracy { get; init; }
}
