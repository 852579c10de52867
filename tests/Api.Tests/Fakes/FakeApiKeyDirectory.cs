using System.Collections.Immutable;
using Waqtor.Access;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>Lists the cluster's keys.</summary>
internal sealed class FakeApiKeyDirectory(FakeCluster cluster) : IApiKeyDirectoryGrain
{
    public Task<ApiKeyRecord> CreateAsync(ApiKeyDefinition definition) => cluster.Key(definition.Hash).CreateAsync(definition);

    public Task<ImmutableArray<ApiKeyRecord>> ListAsync() =>
        Task.FromResult<ImmutableArray<ApiKeyRecord>>([.. cluster.Keys.Select(key => key.Record).OfType<ApiKeyRecord>()]);

    public Task<bool> RevokeAsync(string id) => cluster.Keys.FirstOrDefault(key => key.Record?.Id == id) is { } key
        ? key.RevokeAsync()
        : Task.FromResult(false);

    public Task<bool> HasAdminAsync() => Task.FromResult(cluster.Keys.Any(key => key.Record?.Role == Role.Admin));
}
