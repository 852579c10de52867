using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace Waqtor.Access;

/// <inheritdoc cref="IApiKeyDirectoryGrain" />
/// <remarks>
/// A key works when its own grain has it, and can be revoked when it is listed here. It is listed first, so that no
/// key works unseen; an entry whose grain was not reached (<see cref="ApiKeyDirectoryEntry.Pending"/>) is finished by
/// the next call after a crash.
/// </remarks>
[GrainType("api-key-directory")]
public sealed class ApiKeyDirectoryGrain(
    [PersistentState("directory", GrainStorageNames.Waqtor)] IPersistentState<ApiKeyDirectoryState> state,
    IOptions<AccessOptions> options) : Grain, IApiKeyDirectoryGrain
{
    public async Task<ApiKeyRecord> CreateAsync(ApiKeyDefinition definition)
    {
        await FinishPendingAsync();
        var id = ApiKeyId.For(definition.Hash);
        var entry = state.State.Entries.Find(one => one.Id == id);
        if (entry is null)
        {
            MakeRoom();
            entry = new ApiKeyDirectoryEntry { Id = id, Hash = definition.Hash, Pending = definition };
            state.State.Entries.Add(entry);
            state.State.AdminWasMade |= definition.Role == Role.Admin;
            await state.WriteOrForgetAsync(this);
        }

        return await FinishAsync(entry, definition);
    }

    public async Task<ImmutableArray<ApiKeyRecord>> ListAsync()
    {
        await FinishPendingAsync();
        var keys = await Task.WhenAll(state.State.Entries.Select(async entry => await Key(entry).GetAsync()));
        return [.. keys.OfType<ApiKeyRecord>()];
    }

    public async Task<bool> RevokeAsync(string id)
    {
        await FinishPendingAsync();
        if (state.State.Entries.Find(one => one.Id == id) is not { } entry) return false;
        // The key's grain counts; the mark here only tells which entries may make room.
        await Key(entry).RevokeAsync();
        if (entry.Revoked) return true;
        entry.Revoked = true;
        await state.WriteOrForgetAsync(this);
        return true;
    }

    public Task<bool> HasAdminAsync() => Task.FromResult(state.State.AdminWasMade);

    private IApiKeyGrain Key(ApiKeyDirectoryEntry entry) => GrainFactory.GetGrain<IApiKeyGrain>(entry.Hash);

    private async Task FinishPendingAsync()
    {
        foreach (var entry in state.State.Entries)
        {
            if (entry.Pending is { } definition) await FinishAsync(entry, definition);
        }
    }

    private async Task<ApiKeyRecord> FinishAsync(ApiKeyDirectoryEntry entry, ApiKeyDefinition definition)
    {
        var key = await Key(entry).CreateAsync(definition);
        // Cleared in the store with the next write; until then finishing again changes nothing.
        entry.Pending = null;
        return key;
    }

    private void MakeRoom()
    {
        if (state.State.Entries.Count < options.Value.ApiKeysMax) return;
        var revoked = state.State.Entries.FindIndex(entry => entry.Revoked);
        if (revoked < 0)
        {
            throw new LimitExceededException("There are too many API keys; the limit is Waqtor:Access:ApiKeysMax.");
        }

        state.State.Entries.RemoveAt(revoked);
    }
}
