using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Waqtor.Api.Spooling;

/// <summary>
/// How a segment is written: a head of 8 bytes, 16 of salt and 8 of the salt's SHA-256, then records: mark (4), length (4), the first 16 bytes
/// of SHA-256 over salt, length and payload, payload. The first payload byte is the kind: a delivery, or the seal that
/// ends a full segment, or the beginning of a group, which is what is written before one sync. The mark lets a reader find records behind a broken one, which tells damage in the middle from
/// a torn end; the salt keeps a customer from sending a body that holds what looks like a record.
/// </summary>
internal static class SpoolFormat
{
    public const int HeaderBytes = HeadBytes + SaltBytes + SaltCheckBytes;
    public const int SaltBytes = 16;
    private const int HeadBytes = 8;
    private const int SaltCheckBytes = 8;
    public const int FrameBytes = 24;
    private const uint Mark = 0x31525157; // "WQR1"
    private const byte DeliveryKind = 1;
    private const byte SealKind = 2;
    private const byte GroupKind = 3;

    /// <summary>Begins every segment; the last byte is the version.</summary>
    public static ReadOnlySpan<byte> Head => "WQSPOOL\x02"u8;

    // Version 1 did not say where groups begin.
    private static ReadOnlySpan<byte> HeadWithoutGroups => "WQSPOOL\x01"u8;

    public static ReadOnlySpan<byte> SaltOf(ReadOnlySpan<byte> segment) => segment.Slice(HeadBytes, SaltBytes);

    public static byte[] Header(ReadOnlySpan<byte> salt) => [.. Head, .. salt, .. SHA256.HashData(salt).AsSpan(0, SaltCheckBytes)];

    /// <summary>A damaged salt would make every record look torn.</summary>
    public static bool HasHeader(ReadOnlySpan<byte> segment) =>
        (segment.StartsWith(Head) || segment.StartsWith(HeadWithoutGroups))
        && SHA256.HashData(SaltOf(segment)).AsSpan(0, SaltCheckBytes).SequenceEqual(segment.Slice(HeadBytes + SaltBytes, SaltCheckBytes));

    /// <summary>Whether its records are in groups.</summary>
    public static bool HasGroups(ReadOnlySpan<byte> segment) => segment.StartsWith(Head);

    public static byte[] Encode(SpoolRecord record, ReadOnlySpan<byte> salt)
    {
        using var stream = new MemoryStream(FrameBytes + 256 + record.Body.Length);
        stream.SetLength(FrameBytes);
        stream.Position = FrameBytes;
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(DeliveryKind);
        writer.Write(record.DeliveryId);
        writer.Write(record.Instance);
        writer.Write(record.Provider);
        writer.Write(record.ReceivedAt.UtcTicks);
        writer.Write(record.SignatureChecked);
        writer.Write(record.AcceptedBy.Count);
        foreach (var name in record.AcceptedBy) writer.Write(name);
        writer.Write(record.Body.Span);
        return Frame(stream, salt);
    }

    public static byte[] EncodeSeal(ReadOnlySpan<byte> salt) => EncodeSign(SealKind, salt);

    public static byte[] EncodeGroup(ReadOnlySpan<byte> salt) => EncodeSign(GroupKind, salt);

    public static bool IsSeal(ReadOnlySpan<byte> payload) => payload.Length == 1 && payload[0] == SealKind;

    public static bool IsGroup(ReadOnlySpan<byte> payload) => payload.Length == 1 && payload[0] == GroupKind;

    /// <exception cref="InvalidDataException">Written by a later version.</exception>
    public static SpoolRecord Decode(byte[] payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload, writable: false), Encoding.UTF8);
        if (reader.ReadByte() != DeliveryKind) throw new InvalidDataException("The spool holds a record of a later version.");
        var record = new
        {
            DeliveryId = reader.ReadString(),
            Instance = reader.ReadString(),
            Provider = reader.ReadString(),
            ReceivedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            SignatureChecked = reader.ReadBoolean(),
        };
        var acceptedBy = new string[reader.ReadInt32()];
        for (var i = 0; i < acceptedBy.Length; i++) acceptedBy[i] = reader.ReadString();
        return new SpoolRecord
        {
            DeliveryId = record.DeliveryId,
            Instance = record.Instance,
            Provider = record.Provider,
            ReceivedAt = record.ReceivedAt,
            SignatureChecked = record.SignatureChecked,
            AcceptedBy = acceptedBy,
            Body = payload.AsMemory((int)reader.BaseStream.Position),
        };
    }

    /// <summary>The payload's length when a whole, unharmed record begins here; else -1.</summary>
    public static int Check(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> salt)
    {
        if (bytes.Length < FrameBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Mark) return -1;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (length < 1 || length > bytes.Length - FrameBytes) return -1;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(salt, bytes.Slice(4, 4), bytes.Slice(FrameBytes, length), hash);
        return hash[..16].SequenceEqual(bytes.Slice(8, 16)) ? length : -1;
    }

    /// <summary>Where after <paramref name="from"/> an unharmed record begins; -1: nowhere.</summary>
    public static int FindNext(ReadOnlySpan<byte> segment, int from, ReadOnlySpan<byte> salt)
    {
        Span<byte> mark = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, Mark);
        while (from < segment.Length)
        {
            var found = segment[from..].IndexOf(mark);
            if (found < 0) return -1;
            if (Check(segment[(from + found)..], salt) >= 0) return from + found;
            from += found + 1;
        }

        return -1;
    }

    private static byte[] EncodeSign(byte kind, ReadOnlySpan<byte> salt)
    {
        using var stream = new MemoryStream();
        stream.SetLength(FrameBytes);
        stream.Position = FrameBytes;
        stream.WriteByte(kind);
        return Frame(stream, salt);
    }

    private static byte[] Frame(MemoryStream stream, ReadOnlySpan<byte> salt)
    {
        var frame = stream.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), frame.Length - FrameBytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(salt, frame.AsSpan(4, 4), frame.AsSpan(FrameBytes), hash);
        hash[..16].CopyTo(frame.AsSpan(8));
        return frame;
    }

    private static void Hash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(length);
        hash.AppendData(payload);
        hash.GetHashAndReset(destination);
    }
}
