using StackExchange.Redis;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Engines;

/// <summary>The Redis of the cluster, with the one connection that state, reminders and keys share.</summary>
internal sealed class RedisServer(ConfigurationOptions settings) : IAsyncDisposable
{
    private static readonly string[] Refusals = ["WRONGPASS", "NOAUTH", "NOPERM"];

    private readonly Lazy<Task<ConnectionMultiplexer>> _connection = new(() => ConnectionMultiplexer.ConnectAsync(settings));

    public ConfigurationOptions Settings => settings;

    /// <summary>Null: none is configured, or it cannot be read, which the check of the options tells.</summary>
    public static RedisServer? For(ClusterOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.RedisConnectionString)) return null;
        try
        {
            return new RedisServer(Read(options.RedisConnectionString));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <exception cref="ArgumentException">The text cannot be read or names no server.</exception>
    public static ConfigurationOptions Read(string connectionString)
    {
        var settings = ConfigurationOptions.Parse(connectionString);
        if (settings.EndPoints.Count == 0) throw new ArgumentException("It names no server.", nameof(connectionString));
        // A node that runs outlives a Redis that went away, and one that starts has RedisKeyRingStart wait for it.
        settings.AbortOnConnectFail = false;
        settings.ClientName ??= "waqtor";
        return settings;
    }

    public async Task<IConnectionMultiplexer> ConnectAsync() => await _connection.Value;

    public async Task<IDatabase> DatabaseAsync() => (await _connection.Value).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated) await (await _connection.Value).DisposeAsync();
    }

    /// <summary>Redis is there and does not let us in: waiting does not mend that.</summary>
    public static bool IsRefusal(Exception? exception) => exception switch
    {
        null => false,
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => true,
        RedisServerException when Refusals.Any(word => exception.Message.StartsWith(word, StringComparison.Ordinal)) => true,
        AggregateException many => many.InnerExceptions.Any(IsRefusal),
        _ => IsRefusal(exception.InnerException),
    };
}
