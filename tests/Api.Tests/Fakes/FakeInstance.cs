using System.Collections.Concurrent;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>An instance in memory.</summary>
internal sealed class FakeInstance(FakeCluster cluster, string name) : IInstanceGrain
{
    private InstanceSettings? _settings;
    private InstanceCredentials _credentials = new();
    private long _version;

    public string Id { get; } = $"ins_{name}";
    public string Name => name;
    /// <summary>Runs once, before the next update is looked at: what another request did meanwhile.</summary>
    public Action? BeforeUpdate { get; set; }

    public bool Exists => _settings is not null;
    public int ConfigurationReads { get; private set; }
    public ConcurrentQueue<SessionUpdate> Sessions { get; } = new();
    public ConcurrentQueue<(string DeliveryId, string Field, string Json)> Notices { get; } = new();

    public InstanceEntry Entry => new(Id, name, _settings!.Provider, _settings.PhoneNumberId, _settings.ProviderInstance, _version);

    public void Set(InstanceSettings settings, InstanceCredentials credentials)
    {
        (_settings, _credentials) = (settings, credentials);
        _version++;
    }

    public Task<InstanceRecord?> CreateAsync(InstanceSettings settings, InstanceCredentials credentials)
    {
        if (Exists) return Task.FromResult<InstanceRecord?>(null);
        Set(settings, credentials);
        return GetAsync();
    }

    public Task<InstanceRecord?> GetAsync() => Task.FromResult(_settings is null ? null : new InstanceRecord
    {
        Id = Id,
        Name = name,
        Settings = _settings,
        CredentialsSet = [.. Set()],
        Session = new SessionRecord { Status = SessionStatus.Ready, ChangedAt = cluster.Clock.GetUtcNow() },
        CreatedAt = cluster.Clock.GetUtcNow(),
        UpdatedAt = cluster.Clock.GetUtcNow(),
        Version = _version,
    });

    public Task<InstanceConfiguration?> GetConfigurationAsync()
    {
        ConfigurationReads++;
        return Task.FromResult(_settings is null ? null : new InstanceConfiguration
        {
            Id = Id,
            Name = name,
            Settings = _settings,
            Credentials = _credentials,
            Version = _version,
        });
    }

    public async Task<InstanceUpdate> UpdateAsync(InstancePatch patch)
    {
        if (BeforeUpdate is { } before)
        {
            BeforeUpdate = null;
            before();
        }

        if (_settings is null) return new InstanceUpdate(null);
        if (patch.Version is { } version && version != _version) return new InstanceUpdate(await GetAsync(), IsStale: true);
        Set(patch.Settings ?? _settings, new InstanceCredentials
        {
            ApiKey = Merge(patch.Credentials?.ApiKey, _credentials.ApiKey),
            AccessToken = Merge(patch.Credentials?.AccessToken, _credentials.AccessToken),
            AppSecret = Merge(patch.Credentials?.AppSecret, _credentials.AppSecret),
            VerifyToken = Merge(patch.Credentials?.VerifyToken, _credentials.VerifyToken),
            WebhookSecret = Merge(patch.Credentials?.WebhookSecret, _credentials.WebhookSecret),
        });
        return new InstanceUpdate(await GetAsync());
    }

    public Task<bool> DeleteAsync()
    {
        var existed = Exists;
        _settings = null;
        return Task.FromResult(existed);
    }

    public async Task ApplySessionAsync(SessionUpdate update)
    {
        await cluster.WriteAsync();
        Sessions.Enqueue(update);
    }

    public async Task ApplyNoticeAsync(string deliveryId, string field, string json)
    {
        await cluster.WriteAsync();
        Notices.Enqueue((deliveryId, field, json));
    }

    private IEnumerable<string> Set()
    {
        if (_credentials.ApiKey is not null) yield return "apiKey";
        if (_credentials.AccessToken is not null) yield return "accessToken";
        if (_credentials.AppSecret is not null) yield return "appSecret";
        if (_credentials.VerifyToken is not null) yield return "verifyToken";
        if (_credentials.WebhookSecret is not null) yield return "webhookSecret";
    }

    private static string? Merge(string? value, string? before) => value switch { null => before, "" => null, _ => value };
}
