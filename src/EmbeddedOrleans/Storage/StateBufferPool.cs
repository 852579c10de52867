using System.Buffers;
using System.Collections.Concurrent;

namespace EmbeddedOrleans.Storage;

/// <summary>Buffers for serialized state, as many as writes are under way at a time.</summary>
internal sealed class StateBufferPool
{
    private const int BuffersMax = 256;
    private const int BufferBytesMax = 256 * 1024;

    private readonly ConcurrentQueue<ArrayBufferWriter<byte>> _free = new();

    public ArrayBufferWriter<byte> Rent() =>
        _free.TryDequeue(out var buffer) ? buffer : new ArrayBufferWriter<byte>(1024);

    public void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > BufferBytesMax || _free.Count >= BuffersMax) return;

        buffer.ResetWrittenCount();
        _free.Enqueue(buffer);
    }
}
