namespace Waqtor.SmartBot;

/// <summary>How much each channel counts; chosen on validation data, see docs/adr/0008-lexical-matcher.md.</summary>
internal static class ChannelWeights
{
    /// <summary>What a stem counts beside the concept that it was read as.</summary>
    public const float StemFactor = 0.2f;

    private const double Word = 2, Pair = 1, Letters = 3;
    private const double Sum = Word + Pair + Letters;

    /// <summary>Share of each channel in the square of a vector's length, by <see cref="FeatureChannel"/>; stems count within the words.</summary>
    public static double[] Shares { get; } = [Word / Sum, Pair / Sum, Letters / Sum, 0];
}
