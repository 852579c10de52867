namespace Waqtor.Instances;

/// <summary>One connection to WhatsApp: settings, credentials and session. Key: <see cref="InstanceKey"/>.</summary>
[Alias("waqtor.IInstanceGrain")]
public interface IInstanceGrain : IGrainWithStringKey
{
    /// <summary>Null: the name is taken.</summary>
    [Alias("CreateAsync")]
    Task<InstanceRecord?> CreateAsync(InstanceSettings settings, InstanceCredentials credentials);

    /// <summary>Null: no such instance.</summary>
    [Alias("GetAsync")]
    Task<InstanceRecord?> GetAsync();

    /// <summary>With credentials, for ingest and sending. Null: no such instance.</summary>
    [Alias("GetConfigurationAsync")]
    Task<InstanceConfiguration?> GetConfigurationAsync();

    [Alias("UpdateAsync")]
    Task<InstanceUpdate> UpdateAsync(InstancePatch patch);

    /// <summary>Forgets the instance; its conversations stay in the archive. False: no such instance.</summary>
    [Alias("DeleteAsync")]
    Task<bool> DeleteAsync();

    /// <summary>Keeps what a delivery said of the connection; durable when it returns.</summary>
    [Alias("ApplySessionAsync")]
    Task ApplySessionAsync(SessionUpdate update);

    /// <summary>Keeps a provider's notice that concerns the account (template status, quality, calls, …).</summary>
    [Alias("ApplyNoticeAsync")]
    Task ApplyNoticeAsync(string deliveryId, string field, string json);
}
