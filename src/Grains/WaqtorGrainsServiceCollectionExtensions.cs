using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waqtor.Access;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Devices;
using Waqtor.Events;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Realtime;
using Waqtor.Sandbox;
using Waqtor.Sending;
using Waqtor.SmartBot;

namespace Waqtor;

/// <summary>What the grains need from the host.</summary>
public static class WaqtorGrainsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the grains' options and services. The host adds <see cref="ISecretProtector"/>, <see cref="IArchiveWriter"/>
    /// and the senders of <c>src/WhatsApp</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="waqtor">The configuration section <c>Waqtor</c>.</param>
    public static IServiceCollection AddWaqtorGrains(this IServiceCollection services, IConfiguration waqtor)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, UuidIdSource>();
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton(_ => ProcessName.New());
        services.TryAddSingleton<IReplyPipeline, SmartBotReplyPipeline>();
        services.AddSmartBot(waqtor);

        services.AddWaqtorOptions<AccessOptions>(waqtor, AccessOptions.Section);
        services.AddWaqtorOptions<ArchiveGrainOptions>(waqtor, ArchiveGrainOptions.Section);
        services.AddWaqtorOptions<ConversationOptions>(waqtor, ConversationOptions.Section);
        services.AddWaqtorOptions<DeviceSessionOptions>(waqtor, DeviceSessionOptions.Section);
        services.AddWaqtorOptions<EventsOptions>(waqtor, EventsOptions.Section);
        services.AddWaqtorOptions<InstancesOptions>(waqtor, InstancesOptions.Section);
        services.AddWaqtorOptions<MessageStatusOptions>(waqtor, MessageStatusOptions.Section);
        services.AddWaqtorOptions<SandboxOptions>(waqtor, SandboxOptions.Section);
        services.AddWaqtorOptions<SendingOptions>(waqtor, SendingOptions.Section);
        services.AddWaqtorOptions<TopicOptions>(waqtor, TopicOptions.Section);

        services.AddOptions<SendingOptions>().Validate<IOptions<ConversationOptions>>(
            (sending, conversations) => sending.AttemptTimeoutSeconds < conversations.Value.SendReportTimeoutSeconds,
            "Waqtor:Sending:AttemptTimeoutSeconds: must be less than Waqtor:Conversations:SendReportTimeoutSeconds, after which a message is sent again.");
        services.AddOptions<SendingOptions>().Validate(
            sending => sending.TurnTimeoutSeconds >= sending.AttemptTimeoutSeconds,
            "Waqtor:Sending:TurnTimeoutSeconds: must not be less than Waqtor:Sending:AttemptTimeoutSeconds, or turns are taken back from messages that are being sent.");

        services.TryAddSingleton<ArchiveGrainMetrics>();
        services.TryAddSingleton<ConversationMetrics>();
        services.TryAddSingleton<EventPost>();
        services.TryAddSingleton<EventsMetrics>();
        services.TryAddSingleton<MessageStatusMetrics>();
        services.TryAddSingleton<SendingMetrics>();
        return services;
    }

    private static void AddSmartBot(this IServiceCollection services, IConfiguration waqtor)
    {
        services.AddWaqtorOptions<SmartBotOptions>(waqtor, SmartBotOptions.Section);
        services.AddHttpClient(EndpointHttp.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
            .RemoveAllLoggers();
        services.TryAddSingleton<EndpointHttp>();
        services.TryAddSingleton<BotModels>();
        services.TryAddSingleton<BotEmbedder>();
        services.TryAddSingleton<PhraseVectors>();
        services.TryAddSingleton<AiResponder>();
        services.TryAddSingleton<BotEngine>();
    }
}
