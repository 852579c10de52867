namespace Waqtor.SmartBot;

/// <summary>Constants chosen on validation data; bench/smartbot shows what they reach.</summary>
internal static class Tuning
{
    /// <summary>What a cosine with a rule's centre counts beside the separating plane, while phrases are few.</summary>
    public const double CentreWeight = 2;

    /// <summary>Cost of an error while phrases are few.</summary>
    public const double Cost = 0.7;
}
