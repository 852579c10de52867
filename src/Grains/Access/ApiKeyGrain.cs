namespace Waqtor.Access;

/// <inheritdoc cref="IApiKeyGrain" />
[GrainType("api-key")]
public sealed class ApiKeyGrain(
    [PersistentState("key", GrainStorageNames.Waqtor)] IPersistentState<ApiKeyState> state,
    TimeProvider clock) : Grain, IApiKeyGrain
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    public async Task<ApiKeyRecord> CreateAsync(ApiKeyDefinition definition)
    {
        if (state.State.Key is { } known) return known;
        var key = new ApiKeyRecord
        {
            Id = ApiKeyId.For(this.GetPrimaryKeyString()),
            Name = definition.Name,
            Prefix = definition.Prefix,
            Role = definition.Role,
            Instances = definition.Instances,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = definition.ExpiresAt,
        };
        await KeepAsync(key);
        return key;
    }

    public Task<ApiKeyRecord?> GetAsync() => Task.FromResult(state.State.Key);

    public async Task TouchAsync()
    {
        if (state.State.Key is not { } key) return;
        var now = clock.GetUtcNow();
        if (now - key.LastUsedAt < TouchInterval) return;
        await KeepAsync(key with { LastUsedAt = now });
    }

    public async Task<bool> RevokeAsync()
    {
        if (state.State.Key is not { } key) return false;
        if (!key.Revoked) await KeepAsync(key with { Revoked = true });
        return true;
    }

    private async Task KeepAsync(ApiKeyRecord key)
    {
        state.State.Key = key;
        await state.WriteOrForgetAsync(this);
    }
}
