using System.Text.Json;
using Orleans.Storage;
using Waqtor.Conversations;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>Between the grains and their store: where a planted bug changes what conversations write and read.</summary>
internal sealed class BugStorage(World world, IGrainStorage inner) : IGrainStorage
{
    private readonly HashSet<object> _read = new(ReferenceEqualityComparer.Instance);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (world.Bug.SkipsReadAgain && !_read.Add(grainState)) return;
        await inner.ReadStateAsync(stateName, grainId, grainState);
        if (grainState.State is ConversationState state) world.Bug.AfterRead(state, world);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.State is not ConversationState state)
        {
            await inner.WriteStateAsync(stateName, grainId, grainState);
            return;
        }

        world.Bug.BeforeWrite(state);
        if (!world.Bug.Distorts)
        {
            await inner.WriteStateAsync(stateName, grainId, grainState);
            return;
        }

        var copy = JsonSerializer.Deserialize<ConversationState>(JsonSerializer.Serialize(state, GrainStateJson.StoreOptions), GrainStateJson.StoreOptions)!;
        world.Bug.Distort(copy);
        var stored = new Stored<ConversationState> { State = copy, ETag = grainState.ETag, RecordExists = grainState.RecordExists };
        await inner.WriteStateAsync(stateName, grainId, stored);
        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(stateName, grainId, grainState);

    private sealed class Stored<T> : IGrainState<T>
    {
        public T? State { get; set; }

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}
