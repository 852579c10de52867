using System.Net;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Persistence;
using Orleans.Timers;
using Waqtor.Silo.Configuration;
using WaqtorCluster = Waqtor.Silo.Configuration.ClusterOptions;
using WaqtorSilo = Waqtor.Silo.Configuration.SiloOptions;

namespace Waqtor.Silo.Engines;

/// <summary>
/// Microsoft Orleans: a cluster on Redis when <c>Waqtor:Cluster:RedisConnectionString</c> is set; without it one silo
/// that keeps its state in memory, which is for development only.
/// </summary>
internal static class EngineHosting
{
    // Where Orleans remembers who listens to which stream.
    private const string StreamSubscribers = "PubSubStore";
    private static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(5);

    public static WebApplicationBuilder AddWaqtorEngine(this WebApplicationBuilder builder, string dataPath)
    {
        var options = builder.Configuration.Get<WaqtorCluster>(WaqtorCluster.Section);
        var role = builder.Configuration.Get<WaqtorSilo>(WaqtorSilo.Section).Role;
        builder.Services.AddOptions<WaqtorCluster>().Bind(builder.Configuration.GetSection($"{OptionsCatalog.Root}:{WaqtorCluster.Section}")).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<WaqtorCluster>, ClusterOptionsValidator>();

        var redis = RedisServer.For(options);
        if (redis is not null) builder.Services.AddRedis(redis, options);
        if (role != ServerRole.Api) builder.UseOrleans(silo => AddSilo(silo, options, redis));
        else if (redis is not null) builder.UseOrleansClient(client => AddClient(client, options, redis));

        if (redis is null) builder.Services.AddHostedService<MemoryWarning>();
        else if (role != ServerRole.Api) builder.Services.AddHostedService<ReminderDelivery>();
        return builder;
    }

    private static void AddRedis(this IServiceCollection services, RedisServer redis, WaqtorCluster options)
    {
        services.AddSingleton(_ => redis);
        services.AddSingleton(_ => new RedisKeyRing(redis, options));
        services.AddHostedService<RedisKeyRingStart>();
        services.AddHostedService<RedisPromisesCheck>();
        // After the program's own choice, which is a folder that other nodes do not see.
        services.AddSingleton<IPostConfigureOptions<KeyManagementOptions>>(provider =>
            new PostConfigureOptions<KeyManagementOptions>(null, keys => keys.XmlRepository = provider.GetRequiredService<RedisKeyRing>()));
    }

    private static void AddSilo(ISiloBuilder silo, WaqtorCluster options, RedisServer? redis)
    {
        silo.AddMemoryStreams(EngineNames.Streams)
            .Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = EngineNames.CollectionQuantum);
        if (redis is null) UseMemory(silo, options);
        else UseRedis(silo, options, redis);
    }

    private static void UseMemory(ISiloBuilder silo, WaqtorCluster options)
    {
        silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, serviceId: options.ServiceId, clusterId: options.ClusterId)
            .AddMemoryGrainStorage(EngineNames.Storage)
            .AddMemoryGrainStorage(StreamSubscribers)
            .UseInMemoryReminderService();
    }

    private static void UseRedis(ISiloBuilder silo, WaqtorCluster options, RedisServer redis)
    {
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => Name(cluster, options))
            .Configure<ClusterMembershipOptions>(membership => Watch(membership, options))
            .UseRedisClustering(clustering => Use(clustering, redis))
            .AddRedisGrainStorage(EngineNames.Storage, (RedisStorageOptions storage) =>
            {
                Use(storage, redis);
                storage.GrainStorageSerializer = new SystemTextJsonStateSerializer();
            })
            .AddRedisGrainStorage(StreamSubscribers, (RedisStorageOptions storage) => Use(storage, redis));
        // What cannot be read is told by the check of the options.
        if (IPAddress.TryParse(options.AdvertisedAddress, out var ip))
        {
            silo.ConfigureEndpoints(ip, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(ip));
        }
        else
        {
            silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: true);
        }

        silo.Services.AddSingleton(_ => new RedisReminders(redis, options.ServiceId));
        silo.Services.AddSingleton<IReminderRegistry, RedisReminderRegistry>();
    }

    private static void AddClient(IClientBuilder client, WaqtorCluster options, RedisServer redis) => client
        .Configure<Orleans.Configuration.ClusterOptions>(cluster => Name(cluster, options))
        .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayListRefresh)
        .UseRedisClustering(clustering => Use(clustering, redis))
        .UseConnectionRetryFilter<PatientConnection>()
        .AddMemoryStreams(EngineNames.Streams);

    private static void Name(Orleans.Configuration.ClusterOptions cluster, WaqtorCluster options)
    {
        cluster.ClusterId = options.ClusterId;
        cluster.ServiceId = options.ServiceId;
    }

    private static void Watch(ClusterMembershipOptions membership, WaqtorCluster options)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(options.ProbeSeconds);
        // Four times as long by default: so long a silo counts as alive whose connections are open although it says nothing any more.
        membership.MaxProbeTimeout = membership.ProbeTimeout;
        membership.NumMissedProbesLimit = options.ProbesMissedMax;
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(options.HeartbeatSeconds);
        // Silos tell one another of changes; the table is for whom that did not reach.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(2 * options.HeartbeatSeconds);
    }

    // Clustering has a connection of its own: signs of life do not wait behind grains' state.
    private static void Use(RedisClusteringOptions clustering, RedisServer redis) => clustering.ConfigurationOptions = redis.Settings;

    private static void Use(RedisStorageOptions storage, RedisServer redis)
    {
        storage.ConfigurationOptions = redis.Settings;
        storage.CreateMultiplexer = async _ => (await redis.ConnectAsync(), true);
    }
}
