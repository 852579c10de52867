using MessagePack;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waqtor.Api.Realtime.Access;
using Waqtor.Api.Realtime.Monitor;
using Waqtor.Api.Realtime.Transports;

namespace Waqtor.Api.Realtime;

/// <summary>The feed's services and endpoints.</summary>
internal static class RealtimeSetup
{
    private const int HubBeatSeconds = 15;

    public static IServiceCollection AddRealtime(this IServiceCollection services)
    {
        services.AddSingleton<RealtimeMetrics>();
        services.AddSingleton<ClientRates>();
        services.AddSingleton<TopicAccess>();
        services.AddSingleton<FeedTopics>();
        services.AddSingleton<FeedServices>();
        services.AddSingleton<FeedSubscriptions>();
        services.AddSingleton<FeedConnections>();
        services.AddSingleton<FeedWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedWatch>());
        services.AddSingleton<FeedPublisher>();
        services.AddSingleton<MetricsReader>();
        services.AddSingleton<FeedMonitor>();
        return services.AddDoor().AddTransports();
    }

    public static void UseRealtime(this IApplicationBuilder app)
    {
        app.UseMiddleware<RealtimeGuard>();
        app.Use(SocketHearing.PrepareAsync);
        app.UseWebSockets();
    }

    public static void MapRealtime(this IEndpointRouteBuilder routes)
    {
        routes.MapSocket();
        routes.MapHubs();
        routes.MapPrometheus();
        routes.MapMonitorPage();
        // Made now, so that it counts from the start.
        routes.ServiceProvider.GetRequiredService<MetricsReader>();
    }

    private static IServiceCollection AddDoor(this IServiceCollection services)
    {
        services.AddSingleton<Tickets>();
        services.AddSingleton<TicketDoor>();
        services.AddSingleton<IConfigureOptions<CorsOptions>, RealtimeAccess>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TicketAuthenticationHandler>(TicketAuthenticationHandler.SchemeName, null);
        return services.AddAuthorization(RealtimeAccess.AddPolicy);
    }

    private static IServiceCollection AddTransports(this IServiceCollection services)
    {
        services.AddSingleton<EventStreams>();
        services.AddSingleton<SocketReader>();
        services.AddSignalR().AddMessagePackProtocol(protocol => protocol.SerializerOptions = MessagePackSerializerOptions.Standard
            .WithResolver(JsonShapedResolver.Instance)
            .WithSecurity(MessagePackSecurity.UntrustedData));
        services.AddOptions<HubOptions>().Configure<IOptions<RealtimeOptions>>((hub, options) =>
        {
            hub.KeepAliveInterval = TimeSpan.FromSeconds(HubBeatSeconds);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(2 * HubBeatSeconds);
            hub.HandshakeTimeout = TimeSpan.FromSeconds(options.Value.AuthenticateSeconds);
            hub.MaximumReceiveMessageSize = options.Value.FrameBytesMax;
        });
        services.AddSingleton<IHubProtocolResolver, MeteredProtocolResolver>();
        return services.AddSingleton(typeof(HubLifetimeManager<>), typeof(FeedLifetimeManager<>));
    }
}
