using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Waqtor.Archive;

public static class ArchiveServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IArchiveWriter"/>, <see cref="IArchiveQueries"/> and <see cref="IArchiveHealth"/>, and has the
    /// schema made or brought up to date when the host starts.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="waqtor">The section <c>Waqtor</c>.</param>
    public static IServiceCollection AddWaqtorArchive(this IServiceCollection services, IConfiguration waqtor)
    {
        services.AddOptions<ArchiveOptions>()
            .Bind(waqtor.GetSection(ArchiveOptions.Section))
            .PostConfigure(options => options.Path ??= Path.Combine(waqtor["DataPath"] ?? "data", "archive.db"))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ArchiveOptions>, ArchiveOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<ArchiveMetrics>();
        services.AddSingleton<IArchiveStore>(provider =>
            provider.GetRequiredService<IOptions<ArchiveOptions>>().Value.Provider == ArchiveOptions.PostgresProvider
                ? ActivatorUtilities.CreateInstance<PostgresArchiveStore>(provider)
                : ActivatorUtilities.CreateInstance<SqliteArchiveStore>(provider));
        services.AddSingleton<IArchiveWriter, ArchiveWriter>();
        services.AddSingleton<IArchiveQueries, ArchiveQueries>();
        services.AddSingleton<IArchiveHealth, ArchiveHealth>();
        services.AddHostedService<ArchiveStartup>();
        return services;
    }
}
