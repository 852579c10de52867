using System.Collections.Immutable;

namespace Waqtor.Instances;

/// <summary>Which instances there are. Not on the way of a message: nodes keep a copy. Key: 0.</summary>
[Alias("waqtor.IInstanceDirectoryGrain")]
public interface IInstanceDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>By name.</summary>
    [Alias("ListAsync")]
    Task<ImmutableArray<InstanceEntry>> ListAsync();

    /// <summary>Adds or changes an entry; older versions are ignored.</summary>
    [Alias("PutAsync")]
    Task PutAsync(InstanceEntry entry);

    [Alias("RemoveAsync")]
    Task RemoveAsync(string name);
}
