namespace Waqtor.SmartBot;

/// <summary>A text that waits for a person, however often it came.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.learnt-text")]
public sealed record LearntText
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Text { get; init; }
    /// <summary>What equal texts are known by.</summary>
    [Id(2)] public required string Normal { get; init; }
    [Id(3)] public required string Language { get; init; }
    [Id(4)] public int Count { get; init; }
    [Id(5)] public string? RuleId { get; init; }
    [Id(6)] public double Confidence { get; init; }
    [Id(7)] public DateTimeOffset FirstAt { get; init; }
    [Id(8)] public DateTimeOffset LastAt { get; init; }
}
