namespace Waqtor.SmartBot;

/// <summary>A language model that answers what no rule does. Its key is a credential of the instance.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.ai-settings")]
public sealed record AiSettings
{
    [Id(0)] public EndpointKind Kind { get; init; }
    /// <summary>Absolute http or https address.</summary>
    [Id(1)] public required string BaseUrl { get; init; }
    [Id(2)] public required string Model { get; init; }
    /// <summary>At most 8,000 characters.</summary>
    [Id(3)] public string SystemPrompt { get; init; } = "";
    /// <summary>Messages of the conversation that go along, 0 to 50. Default: 10.</summary>
    [Id(4)] public int Turns { get; init; } = 10;
    /// <summary>Seconds to wait for an answer, 1 to 50. Default: 15.</summary>
    [Id(5)] public int TimeoutSeconds { get; init; } = 15;
    /// <summary>Answers a day (UTC), 0 to 1,000,000. Default: 500.</summary>
    [Id(6)] public int DailyBudget { get; init; } = 500;
}
