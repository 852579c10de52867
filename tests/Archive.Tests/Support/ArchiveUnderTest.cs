using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Waqtor.Archive.Tests;

/// <summary>An archive as the program registers and starts it.</summary>
public sealed class ArchiveUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ArchiveUnderTest(ServiceProvider services) => _services = services;

    public IArchiveWriter Writer => _services.GetRequiredService<IArchiveWriter>();

    public IArchiveQueries Queries => _services.GetRequiredService<IArchiveQueries>();

    internal IArchiveStore Store => _services.GetRequiredService<IArchiveStore>();

    public IArchiveHealth Health => _services.GetRequiredService<IArchiveHealth>();

    public static ArchiveUnderTest Build(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new FixedClock());
        services.AddWaqtorArchive(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return new ArchiveUnderTest(services.BuildServiceProvider());
    }

    public static async Task<ArchiveUnderTest> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var archive = Build(settings);
        try
        {
            await archive.StartAsync();
            return archive;
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
