using System.Collections.Immutable;

namespace Waqtor.Access;

/// <summary>Which keys there are. Key: 0.</summary>
[Alias("waqtor.IApiKeyDirectoryGrain")]
public interface IApiKeyDirectoryGrain : IGrainWithIntegerKey
{
    [Alias("CreateAsync")]
    Task<ApiKeyRecord> CreateAsync(ApiKeyDefinition definition);

    [Alias("ListAsync")]
    Task<ImmutableArray<ApiKeyRecord>> ListAsync();

    /// <summary>False: no such key.</summary>
    [Alias("RevokeAsync")]
    Task<bool> RevokeAsync(string id);

    /// <summary>True once any admin key was made: the first start is over.</summary>
    [Alias("HasAdminAsync")]
    Task<bool> HasAdminAsync();
}
