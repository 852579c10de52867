namespace Waqtor.SmartBot;

/// <summary>A text to be answered without sending anything.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-test")]
public sealed record BotTest(
    [property: Id(0)] string InstanceId,
    [property: Id(1)] string Instance,
    [property: Id(2)] string Text,
    /// <summary>As if this customer wrote it; null: a stranger.</summary>
    [property: Id(3)] string? Phone);
