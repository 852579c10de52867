using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>A node's copy of an instance, ready for ingest.</summary>
internal sealed class CachedInstance(InstanceConfiguration configuration)
{
    public InstanceConfiguration Configuration { get; } = configuration;
    public string Id => Configuration.Id;
    public string Name => Configuration.Name;
    public ProviderKind Provider => Configuration.Settings.Provider;
    public string? PhoneNumberId => Configuration.Settings.PhoneNumberId;

    /// <summary>What the gateway calls this session.</summary>
    public string ProviderInstance => Configuration.Settings.ProviderInstance is { Length: > 0 } name ? name : Name;
}
