using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Telemetry;

/// <summary>The log on standard output, as people or collectors like it.</summary>
internal static class LoggingExtensions
{
    public static WebApplicationBuilder AddWaqtorLogging(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.Get<LoggingOptions>(LoggingOptions.Section);
        if (options.Format == LogFormat.Json)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            });
        }

        var framework = options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning;
        builder.Logging
            .SetMinimumLevel(options.Level)
            .AddFilter("Microsoft", framework)
            .AddFilter("System", framework)
            .AddFilter("Orleans", framework)
            // Orleans places each activation through it, and it tells of each.
            .AddFilter("Polly", framework)
            // It has nothing to say at these levels, but as long as it may speak the host makes an activity with random ids for each
            // request. With a collector there is one all the same: its listener asks for it.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // It shows the stack of whatever stops a start; the command tells that itself, in words where an operator can mend it.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", options.Level > LogLevel.Critical ? options.Level : LogLevel.Critical)
            // Its one warning at each start is that keys lie unencrypted on disk; they are readable by their owner only.
            .AddFilter("Microsoft.AspNetCore.DataProtection", options.Level > LogLevel.Error ? options.Level : LogLevel.Error);
        return builder;
    }

    public static WebApplicationBuilder AddWaqtorTelemetry(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.Get<TelemetryOptions>(TelemetryOptions.Section);
        if (!string.IsNullOrEmpty(options.OtlpEndpoint)) builder.Services.AddHostedService(_ => new TelemetryExport(options));
        return builder;
    }
}
