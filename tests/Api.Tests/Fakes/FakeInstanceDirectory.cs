using System.Collections.Immutable;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>Lists the cluster's instances.</summary>
internal sealed class FakeInstanceDirectory(FakeCluster cluster) : IInstanceDirectoryGrain
{
    public Task<ImmutableArray<InstanceEntry>> ListAsync() => Task.FromResult<ImmutableArray<InstanceEntry>>(
        [.. cluster.Instances.Select(instance => instance.Entry).OrderBy(entry => entry.Name, StringComparer.Ordinal)]);

    public Task PutAsync(InstanceEntry entry) => Task.CompletedTask;
    public Task RemoveAsync(string name) => Task.CompletedTask;
}
