using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Access;

namespace Waqtor.Api.Access;

/// <summary>
/// Finds the caller of a presented key. What a key grain answered is remembered for seconds, so that a busy client
/// costs no grain call per request and a revoked key still ends within seconds.
/// </summary>
internal sealed partial class ApiKeys(
    IGrainFactory grains, AdminKey adminKey, TimeProvider clock, IOptions<KeyCheckOptions> options, ILogger<ApiKeys> logger)
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    private sealed record Known(ApiKeyRecord Key, Caller Caller, long At);

    /// <summary>Null: no such key, expired or revoked.</summary>
    public async ValueTask<Caller?> FindAsync(string presented)
    {
        var hash = ApiKeySecret.Hash(presented);
        if (adminKey.Matches(hash)) return Caller.ConfiguredAdmin;
        return presented.Length is 0 or > ApiKeySecret.CharactersMax ? null : await FindByHashAsync(Convert.ToHexStringLower(hash));
    }

    /// <summary>The same for a key that was presented before, by its SHA-256 in lower-case hex.</summary>
    public async ValueTask<Caller?> FindByHashAsync(string name)
    {
        if (adminKey.Matches(Convert.FromHexString(name))) return Caller.ConfiguredAdmin;
        if (!_known.TryGetValue(name, out var known) || clock.GetElapsedTime(known.At).TotalSeconds >= options.Value.KeyCacheSeconds)
        {
            known = await LoadAsync(name);
        }

        return known is { Key.Revoked: false } && !(known.Key.ExpiresAt <= clock.GetUtcNow()) ? known.Caller : null;
    }

    /// <summary>A key was revoked on this node: the next request asks its grain.</summary>
    public void Forget() => _known.Clear();

    private async Task<Known?> LoadAsync(string hash)
    {
        var grain = grains.GetGrain<IApiKeyGrain>(hash);
        var key = await grain.GetAsync();
        if (key is null)
        {
            _known.TryRemove(hash, out _);
            return null;
        }

        if (_known.Count >= options.Value.KeyCacheEntriesMax) _known.Clear();
        if (!(key.LastUsedAt > clock.GetUtcNow() - TouchEvery)) _ = TouchAsync(grain);
        return _known[hash] = new Known(key, Caller.For(key), clock.GetTimestamp());
    }

    // Only a note for people: a request is not held up by it and does not fail with it.
    private async Task TouchAsync(IApiKeyGrain grain)
    {
        try
        {
            await grain.TouchAsync();
        }
        catch (Exception exception)
        {
            LogTouchFailed(exception);
        }
    }
}
