using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Waqtor;

/// <summary>UUID v7 ids on the injected clock (RFC 9562, section 5.7).</summary>
/// <remarks>
/// The system's generator is asked for the random bits of many ids at once: a message takes half a dozen ids, and a call
/// of its own for each was a noticeable part of its cost.
/// </remarks>
public sealed class UuidIdSource(TimeProvider clock) : IIdSource
{
    private const int UuidBytes = 16;
    private const int StockBytes = 256 * UuidBytes;

    [ThreadStatic]
    private static byte[]? _stock;

    [ThreadStatic]
    private static int _used;

    /// <inheritdoc />
    public string New(string prefix)
    {
        if (_stock is null || _used == StockBytes)
        {
            RandomNumberGenerator.Fill(_stock ??= new byte[StockBytes]);
            _used = 0;
        }

        var uuid = _stock.AsSpan(_used, UuidBytes);
        _used += UuidBytes;
        // 48 bits of time, then the version and the variant; all else stays random.
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(uuid, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(uuid[2..], (uint)milliseconds);
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x70);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        var id = $"{prefix}_{new Guid(uuid, bigEndian: true)}";
        uuid.Clear();
        return id;
    }
}
