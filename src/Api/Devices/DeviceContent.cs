using System.IO.Compression;
using System.Security.Cryptography;

namespace Waqtor.Api.Devices;

/// <summary>Unpacks and checks a message's content.</summary>
internal static class DeviceContent
{
    /// <summary>
    /// The content, or null when it is not what was announced. Never unpacks more than that, so that a few packed bytes
    /// cannot fill the memory.
    /// </summary>
    public static byte[]? Open(DeviceMessage message, ReadOnlyMemory<byte> packed)
    {
        if (!message.Gzip && packed.Length != message.Size) return null;
        var content = message.Gzip ? Unpack(packed, message.Size) : packed.ToArray();
        return content is not null && Convert.ToHexStringLower(SHA256.HashData(content)) == message.Sha256 ? content : null;
    }

    private static byte[]? Unpack(ReadOnlyMemory<byte> packed, int size)
    {
        var content = new byte[size];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
            if (gzip.ReadAtLeast(content, size, throwOnEndOfStream: false) != size) return null;
            return gzip.ReadByte() < 0 ? content : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
