using System.Diagnostics.Metrics;
using EmbeddedOrleans.Diagnostics;
using EmbeddedOrleans.Storage;
using EmbeddedOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

/// <summary>Tests of the store alone, on a file in a folder of its own.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store-test-");
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<SqliteStore> _opened = [];

    internal static GrainId Grain1 { get; } = GrainId.Create("type", "one");

    internal static GrainId Grain2 { get; } = GrainId.Create("type", "two");

    internal string FilePath => Path.Combine(_folder.FullName, "deeper", "store.db");

    internal ManualTimeProvider Clock { get; } = new();

    internal CommitProbe Commits { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Commits.Release();
        foreach (var store in _opened) store.Kill();
        _services.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    internal SqliteStore Open(Action<EmbeddedStoreOptions>? configure = null)
    {
        var options = new EmbeddedStoreOptions { Path = FilePath };
        configure?.Invoke(options);
        var store = new SqliteStore(
            Options.Create(options),
            Clock,
            new EngineLog(NullLogger<EngineLog>.Instance),
            new StoreMetrics(_services.GetRequiredService<IMeterFactory>(), Clock),
            [Commits]);
        store.Start();
        _opened.Add(store);
        return store;
    }

    internal static async Task<string?> ReadAsync(SqliteStore store, GrainId grainId, string name = "s")
    {
        var stored = await store.ReadStateAsync(grainId, name, CancellationToken.None);
        return stored.ETag is null ? null : System.Text.Encoding.UTF8.GetString(stored.Payload.Span);
    }

    internal static Task<string> WriteAsync(SqliteStore store, GrainId grainId, string text, string? etag = null) =>
        store.WriteStateAsync(grainId, "s", System.Text.Encoding.UTF8.GetBytes(text), etag).AsTask();
}
