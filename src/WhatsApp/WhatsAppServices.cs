using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>The vendor edge for a host.</summary>
public static class WhatsAppServices
{
    /// <summary>Adds one parser, verifier and sender per provider, and <see cref="WhatsAppOptions"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="waqtor">The section <c>Waqtor</c> of the configuration.</param>
    public static IServiceCollection AddWaqtorWhatsApp(this IServiceCollection services, IConfiguration waqtor)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<WhatsAppOptions>().Bind(waqtor.GetSection(WhatsAppOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WhatsAppOptions>, WhatsAppOptionsValidator>();

        services.AddSingleton<IDeliveryParser, CloudDeliveryParser>();
        services.AddSingleton<IDeliveryParser, EvolutionDeliveryParser>();
        services.AddSingleton<IDeliveryParser, WahaDeliveryParser>();
        services.AddSingleton<IDeliveryParser, GenericDeliveryParser>();

        services.AddSingleton<IWebhookVerifier, CloudWebhookVerifier>();
        services.AddSingleton<IWebhookVerifier, EvolutionWebhookVerifier>();
        services.AddSingleton<IWebhookVerifier, WahaWebhookVerifier>();
        services.AddSingleton<IWebhookVerifier>(new WaqtorWebhookVerifier(ProviderKind.Generic));
        services.AddSingleton<IWebhookVerifier>(new WaqtorWebhookVerifier(ProviderKind.Sandbox));

        services.AddSingleton<ProviderHttp>();
        AddSender<CloudMessageSender>(services, ProviderKind.Cloud);
        AddSender<EvolutionMessageSender>(services, ProviderKind.Evolution);
        AddSender<WahaMessageSender>(services, ProviderKind.Waha);
        AddSender<GenericMessageSender>(services, ProviderKind.Generic);
        return services;
    }

    private static void AddSender<TSender>(IServiceCollection services, ProviderKind provider)
        where TSender : class, IMessageSender
    {
        services.AddSingleton<IMessageSender, TSender>();
        services.AddHttpClient(ProviderHttp.ClientName(provider), client => client.Timeout = Timeout.InfiniteTimeSpan)
            // The factory's own logging writes addresses, which hold instance names and number ids.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provided =>
            {
                var options = provided.GetRequiredService<IOptions<WhatsAppOptions>>().Value;
                return new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds),
                    MaxConnectionsPerServer = options.ConnectionsPerHostMax,
                    // Gateways on Node close idle connections after 5 s; a send on one just closed would be ambiguous.
                    PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    MaxResponseHeadersLength = 64,
                };
            });
    }
}
