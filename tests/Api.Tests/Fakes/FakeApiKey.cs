using Waqtor.Access;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>An API key in memory.</summary>
internal sealed class FakeApiKey(FakeCluster cluster) : IApiKeyGrain
{
    public ApiKeyRecord? Record { get; private set; }
    public int Reads { get; private set; }

    public Task<ApiKeyRecord> CreateAsync(ApiKeyDefinition definition) => Task.FromResult(Record = new ApiKeyRecord
    {
        Id = $"key_{definition.Hash[..8]}",
        Name = definition.Name,
        Prefix = definition.Prefix,
        Role = definition.Role,
        Instances = definition.Instances,
        CreatedAt = cluster.Clock.GetUtcNow(),
        ExpiresAt = definition.ExpiresAt,
    });

    public Task<ApiKeyRecord?> GetAsync()
    {
        Reads++;
        return Task.FromResult(Record);
    }

    public Task TouchAsync() => Task.CompletedTask;

    public Task<bool> RevokeAsync()
    {
        if (Record is null) return Task.FromResult(false);
        Record = Record with { Revoked = true };
        return Task.FromResult(true);
    }
}
