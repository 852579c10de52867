using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Waqtor.TestKit.Engines;

/// <summary>Storage as seen by silos: once they are dead, nothing of theirs gets through any more.</summary>
internal sealed class LivingStorage(IGrainStorage storage, ClusterLife life) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        CountedAsync(() => storage.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        CountedAsync(() => storage.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        CountedAsync(() => storage.ClearStateAsync(stateName, grainId, grainState));

    private async Task CountedAsync(Func<Task> access)
    {
        if (life.IsOver) throw new SiloUnavailableException("The silo was killed by the test.");
        life.Begin();
        try
        {
            await access();
        }
        finally
        {
            life.Finish();
        }
    }
}
