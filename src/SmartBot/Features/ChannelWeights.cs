namespace Waqtor.SmartBot;

/// <summary>How much each channel counts.</summary>
internal static class ChannelWeights
{
    private const double Word = 1, Pair = 0.5, Letters = 3;
    private const double Sum = Word + Pair + Letters;

    /// <summary>Share of each channel in the square of a vector's length, by <see cref="FeatureChannel"/>; stems count within the words.</summary>
    public static double[] Shares { get; } = [Word / Sum, Pair / Sum, Letters / Sum, 0];

    /// <summary>What a stem counts beside the concept that it was read as.</summary>
    public static float StemFactor { get; set; } = 0.5f;
}
