namespace Waqtor.SmartBot;

/// <summary>Constants chosen by measurement; bench/smartbot shows what they reach.</summary>
internal static class Tuning
{
    public static double CentreWeight { get; set; } = 2;

    public static double Cost { get; set; } = 0.3;

    public static double ShippedGate { get; set; } = -0.45;
}
