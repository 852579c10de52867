namespace Waqtor.SmartBot;

/// <summary>What the live bot would have done.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-test-result")]
public sealed record BotTestResult(
    [property: Id(0)] ReplyTrace Trace,
    /// <summary>All of the reply; empty: none.</summary>
    [property: Id(1)] string Reply,
    [property: Id(2)] Messages.Offer? Offer);
