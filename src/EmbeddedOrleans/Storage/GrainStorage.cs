using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace EmbeddedOrleans.Storage;

/// <summary>Grain storage over a <see cref="IStateStore"/>: values to bytes and back.</summary>
internal sealed class GrainStorage(IStateStore store, IGrainStateSerializer serializer) : IGrainStorage
{
    private readonly StateBufferPool _buffers = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var stored = await store.ReadStateAsync(grainId, stateName, cancellationToken);
        grainState.State = stored.ETag is null
            ? Activator.CreateInstance<T>()
            : serializer.Deserialize<T>(stored.Payload.Span) ?? Activator.CreateInstance<T>();
        grainState.ETag = stored.ETag;
        grainState.RecordExists = stored.ETag is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var buffer = _buffers.Rent();
        serializer.Serialize(grainState.State, buffer);
        grainState.ETag = await store.WriteStateAsync(grainId, stateName, buffer.WrittenMemory, grainState.ETag);
        grainState.RecordExists = true;

        // Not in a finally: after a failure the writer may still read the buffer.
        _buffers.Return(buffer);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await store.DeleteStateAsync(grainId, stateName, grainState.ETag);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }
}
