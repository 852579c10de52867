namespace RealtimeBench;

/// <summary>What one transport reached with one number of connections.</summary>
internal sealed record Figures(
    Transport Transport, int Connections, double DeliveriesPerSecond, double P50, double P99, double KilobytesPerConnection, double P99Plain, double P99Beside, int Lost);
