namespace Waqtor.Access;

/// <summary>One API key, by the hash of its secret. Key: SHA-256 of the key in lower-case hex.</summary>
[Alias("waqtor.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    [Alias("CreateAsync")]
    Task<ApiKeyRecord> CreateAsync(ApiKeyDefinition definition);

    /// <summary>Null: no such key. The caller checks expiry and revocation.</summary>
    [Alias("GetAsync")]
    Task<ApiKeyRecord?> GetAsync();

    /// <summary>Notes a use, at most once a minute in the store.</summary>
    [Alias("TouchAsync")]
    Task TouchAsync();

    /// <summary>False: no such key.</summary>
    [Alias("RevokeAsync")]
    Task<bool> RevokeAsync();
}
