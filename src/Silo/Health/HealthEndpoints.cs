using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, with the state of each part.
/// Both need no key and tell nothing but names, states and durations.
/// </summary>
internal static class HealthEndpoints
{
    private const string Ready = "ready";

    public static IServiceCollection AddWaqtorHealth(this IServiceCollection services, ServerRole role)
    {
        var checks = services.AddHealthChecks().AddCheck<ArchiveHealthCheck>("archive", HealthStatus.Degraded, [Ready], timeout: HealthProbe.Timeout);
        services.AddSingleton<ArchiveHealthCheck>();
        if (role == ServerRole.Api)
        {
            checks.AddCheck<ClusterHealthCheck>("cluster", tags: [Ready], timeout: HealthProbe.Timeout);
            services.AddSingleton<ClusterHealthCheck>();
        }
        else
        {
            checks.AddCheck<StoreHealthCheck>("store", tags: [Ready], timeout: HealthProbe.Timeout);
            services.AddSingleton<StoreHealthCheck>();
        }

        if (role != ServerRole.Silo) checks.AddCheck<SpoolHealthCheck>("spool", tags: [Ready]);
        return services;
    }

    public static void MapWaqtorHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", Word(report.Status));
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteStartObject(name);
            json.WriteString("status", Word(entry.Status));
            if (entry.Description is { } description) json.WriteString("description", description);
            json.WriteNumber("durationMilliseconds", Math.Round(entry.Duration.TotalMilliseconds, 1));
            foreach (var (key, value) in entry.Data) json.WriteNumber(key, Convert.ToDouble(value, CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
