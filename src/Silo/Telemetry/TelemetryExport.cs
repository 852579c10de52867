using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Waqtor.Silo.Commands;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Telemetry;

/// <summary>
/// Sends traces and metrics to an OTLP collector. Registered before everything else, so that it starts first and, at
/// the end, still sends what the others said while they stopped.
/// </summary>
internal sealed class TelemetryExport(TelemetryOptions options) : IHostedService, IDisposable
{
    private static readonly string[] Sources = ["Waqtor.*", "EmbeddedOrleans", "Microsoft.Orleans.*", "Microsoft.AspNetCore.*"];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var collector = new Uri(options.OtlpEndpoint!);
        var resource = ResourceBuilder.CreateDefault().AddService(options.ServiceName, serviceVersion: Usage.Version);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampleRatio)))
            .AddSource(Sources)
            .AddOtlpExporter(exporter => exporter.Endpoint = collector)
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([.. Sources, "System.Runtime"])
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = collector;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.MetricsIntervalSeconds * 1_000;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
