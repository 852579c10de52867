using System.ComponentModel.DataAnnotations;

namespace Waqtor.Silo.Configuration;

/// <summary>OpenTelemetry traces and metrics.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Address of an OTLP collector (gRPC), for example <c>http://localhost:4317</c>. Default: none, nothing is exported.</summary>
    [Url]
    public string? OtlpEndpoint { get; set; }

    /// <summary>Name under which this server reports. Default: <c>waqtor</c>.</summary>
    [Required, MinLength(1)]
    public string ServiceName { get; set; } = "waqtor";

    /// <summary>Share of traces that are kept, 0 to 1. Default: 0.1.</summary>
    [Range(0.0, 1.0)]
    public double SampleRatio { get; set; } = 0.1;

    /// <summary>Seconds between two exports of metrics, 1 to 3600. Default: 30.</summary>
    [Range(1, 3_600)]
    public int MetricsIntervalSeconds { get; set; } = 30;
}
