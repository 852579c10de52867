using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waqtor.Api.Access;
using Waqtor.Api.Addresses;
using Waqtor.Api.Conversations;
using Waqtor.Api.Devices;
using Waqtor.Api.Inbound;
using Waqtor.Api.Instances;
using Waqtor.Api.Media;
using Waqtor.Api.Messages;
using Waqtor.Api.OpenApi;
using Waqtor.Api.Realtime;
using Waqtor.Api.SmartBot;
using Waqtor.Api.Spooling;

namespace Waqtor.Api;

/// <summary>The HTTP side for a host.</summary>
public static class ApiServices
{
    /// <summary>
    /// Adds what the API needs beside the engine's <c>IGrainFactory</c>, the archive's queries and the vendor edge
    /// (<c>AddWaqtorWhatsApp</c>), which the host adds.
    /// </summary>
    /// <param name="waqtor">The section <c>Waqtor</c> of the configuration.</param>
    public static IServiceCollection AddWaqtorApi(this IServiceCollection services, IConfiguration waqtor)
    {
        var dataPath = waqtor["DataPath"] is { Length: > 0 } path ? path : "data";
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, UuidIdSource>();
        services.TryAddSingleton(_ => ProcessName.New());
        services.AddMetrics();
        services.AddLimits<ProxyOptions>(waqtor, ProxyOptions.Section);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddWaqtorOpenApi();
        return services
            .AddAccess(waqtor)
            .AddInstances()
            .AddIngest(waqtor)
            .AddDevices(waqtor, Path.Combine(dataPath, "uploads"))
            .AddRealtime(waqtor)
            .AddSpool(waqtor, Path.Combine(dataPath, "spool"))
            .AddSingleton<ConversationFinder>()
            .AddSingleton<BatchList>()
            .AddSingleton<TextSender>()
            .AddSingleton<BotFinder>()
            .AddMedia(Path.Combine(dataPath, "media"));
    }

    private static IServiceCollection AddMedia(this IServiceCollection services, string folder)
    {
        var media = new FileMediaStore(folder, DirectorySync.Sync);
        return services.AddSingleton(media).AddSingleton<IMediaStore>(media).AddHostedService<MediaLeftovers>();
    }

    private static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration waqtor)
    {
        services.AddLimits<KeyCheckOptions>(waqtor, KeyCheckOptions.Section);
        services.AddSingleton(new AdminKey(waqtor["AdminKey"]));
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AuthenticationFailures>();
        services.AddSingleton<BrowserSessions>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(ApiKeyAuthenticationHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, BrowserSessionAuthenticationHandler>(BrowserSessionAuthenticationHandler.SchemeName, null);
        services.AddAuthorization(Policies.Add);
        return services;
    }

    private static IServiceCollection AddInstances(this IServiceCollection services) => services
        .AddSingleton<InstanceCache>()
        .AddHostedService<InstanceWatcher>();

    private static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration waqtor)
    {
        services.AddLimits<IngestOptions>(waqtor, IngestOptions.Section);
        services.AddSingleton(provider => new BodyBudget(provider.GetRequiredService<IOptions<IngestOptions>>().Value.BodyBytesInFlightMax));
        services.AddSingleton(provider => new InFlightGate(provider.GetRequiredService<IOptions<IngestOptions>>().Value.InFlightMax));
        services.AddSingleton<IngestRates>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<ContactLinks>();
        services.AddSingleton<DeliveryRouter>();
        services.AddSingleton<InboundTraffic>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<IngestPipeline>();
        services.AddSingleton<InboundApi>();
        services.AddSingleton<DeliveryTraces>();
        return services.AddHostedService(provider => provider.GetRequiredService<DeliveryTraces>());
    }

    private static IServiceCollection AddDevices(this IServiceCollection services, IConfiguration waqtor, string folder)
    {
        services.AddLimits<DeviceMessagesOptions>(waqtor, DeviceMessagesOptions.Section);
        services.AddDataProtection();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, DeviceAuthenticationHandler>(DeviceAuthenticationHandler.SchemeName, null);
        services.AddAuthorization(DeviceAuthenticationHandler.AddPolicy);
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, DeviceCors>();
        services.AddSingleton<DeviceTokens>();
        services.AddSingleton<DeviceRates>();
        services.AddSingleton<DeviceGate>();
        services.AddSingleton<DeviceMessageReader>();
        services.AddSingleton<DeviceIntake>();
        services.AddSingleton(provider => new DeviceUploads(
            folder, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<DeviceMessagesOptions>>()));
        return services.AddHostedService<DeviceUploadsService>();
    }

    private static IServiceCollection AddRealtime(this IServiceCollection services, IConfiguration waqtor)
    {
        services.AddLimits<RealtimeOptions>(waqtor, RealtimeOptions.Section);
        return services.AddRealtime();
    }

    private static IServiceCollection AddSpool(this IServiceCollection services, IConfiguration waqtor, string folder)
    {
        services.AddLimits<SpoolOptions>(waqtor, SpoolOptions.Section);
        services.TryAddSingleton<ISpoolFiles>(new DiskSpoolFiles(folder));
        services.AddSingleton<Spool>();
        services.AddSingleton<SpoolMetrics>();
        services.AddSingleton<ISpoolHealth>(provider => provider.GetRequiredService<Spool>());
        services.AddHostedService<SpoolService>();
        return services.AddHostedService<SpoolReplayer>();
    }

    private static void AddLimits<TOptions>(this IServiceCollection services, IConfiguration waqtor, string section) where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new LimitsCheck<TOptions>($"Waqtor:{section}"));
        services.AddOptions<TOptions>().Bind(waqtor.GetSection(section)).ValidateOnStart();
    }
}
