using Orleans.Hosting;
using Orleans.Persistence;
using Orleans.Storage;
using StackExchange.Redis;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Engines;

/// <summary>
/// Microsoft Orleans: a cluster on Redis when <c>Waqtor:Cluster:RedisConnectionString</c> is set; without it one silo
/// that keeps its state in memory, which is for development only.
/// </summary>
internal static class EngineHosting
{
    public static WebApplicationBuilder AddWaqtorEngine(this WebApplicationBuilder builder, string dataPath)
    {
        var options = builder.Configuration.Get<ClusterOptions>(ClusterOptions.Section);
        builder.UseOrleans(silo =>
        {
            silo.Services.AddSingleton<IGrainStorageSerializer, SystemTextJsonStateSerializer>();
            silo.AddMemoryStreams(EngineNames.Streams);
            silo.Configure<Orleans.Configuration.GrainCollectionOptions>(collection => collection.CollectionQuantum = EngineNames.CollectionQuantum);
            if (string.IsNullOrEmpty(options.RedisConnectionString)) UseMemory(silo, options);
            else UseRedis(silo, options, ConfigurationOptions.Parse(options.RedisConnectionString));
        });
        return builder;
    }

    private static void UseMemory(ISiloBuilder silo, ClusterOptions options) => silo
        .UseLocalhostClustering(options.SiloPort, options.GatewayPort, serviceId: options.ServiceId, clusterId: options.ClusterId)
        .AddMemoryGrainStorage(EngineNames.Storage)
        .AddMemoryGrainStorage("PubSubStore")
        .UseInMemoryReminderService();

    private static void UseRedis(ISiloBuilder silo, ClusterOptions options, ConfigurationOptions redis)
    {
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster =>
            {
                cluster.ClusterId = options.ClusterId;
                cluster.ServiceId = options.ServiceId;
            })
            .ConfigureEndpoints(options.SiloPort, options.GatewayPort)
            .UseRedisClustering(clustering => clustering.ConfigurationOptions = redis)
            .AddRedisGrainStorage(EngineNames.Storage, (RedisStorageOptions storage) => Use(storage, redis))
            .AddRedisGrainStorage("PubSubStore", (RedisStorageOptions storage) => Use(storage, redis))
            .UseRedisReminderService(reminders => reminders.ConfigurationOptions = redis);
    }

    private static void Use(RedisStorageOptions storage, ConfigurationOptions redis)
    {
        storage.ConfigurationOptions = redis;
        storage.GrainStorageSerializer = new SystemTextJsonStateSerializer();
    }
}
