using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Gives streams by name.</summary>
public interface IStreamProvider
{
    string Name { get; }

    bool IsRewindable { get; }

    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
