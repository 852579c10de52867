namespace Waqtor.SmartBot;

/// <summary>A model that was not let in: before and after on the phrases both know.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.refused-swap")]
public sealed record RefusedSwap(
    [property: Id(0)] DateTimeOffset At,
    /// <summary>Accuracy of the live model.</summary>
    [property: Id(1)] double Before,
    /// <summary>Accuracy of the refused one.</summary>
    [property: Id(2)] double After,
    /// <summary>Why, in words.</summary>
    [property: Id(3)] string Reason);
