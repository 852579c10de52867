namespace Waqtor.Bench.Ingest;

/// <summary>What a load generator saw. <see cref="Failures"/> counts answers other than 200 and broken connections.</summary>
public sealed record LoadFigures(double PerSecond, double P50Milliseconds, double P99Milliseconds, int Failures);
