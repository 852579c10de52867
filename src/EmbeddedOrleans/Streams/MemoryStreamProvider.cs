using Orleans.Runtime;
using Orleans.Streams;

namespace EmbeddedOrleans.Streams;

/// <summary>Streams in the memory of the silo.</summary>
internal sealed class MemoryStreamProvider(string name, StreamDeliveries deliveries) : IStreamProvider
{
    public string Name => name;

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) =>
        new MemoryStreamOf<T>(new StreamKey(name, streamId), deliveries);
}
