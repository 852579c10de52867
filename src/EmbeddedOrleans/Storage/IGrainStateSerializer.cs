using System.Buffers;

namespace EmbeddedOrleans.Storage;

/// <summary>Turns state into stored bytes and back.</summary>
public interface IGrainStateSerializer
{
    void Serialize<T>(T? value, IBufferWriter<byte> output);

    T? Deserialize<T>(ReadOnlySpan<byte> input);
}
