namespace Waqtor.SmartBot;

/// <summary>How much each channel counts.</summary>
internal static class ChannelWeights
{
    /// <summary>Share of each channel in the square of a vector's length, by <see cref="FeatureChannel"/>.</summary>
    public static double[] Shares { get; } = [1.0, 0.5, 3.0, 0.5];
}
