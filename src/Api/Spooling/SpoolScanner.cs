namespace Waqtor.Api.Spooling;

/// <summary>
/// Reads a segment back at start. A record that is broken with nothing whole behind it is the torn end of a write that
/// nobody was told of: it is cut. One with something whole behind it is damage, and skipping it would be silent loss.
/// A full segment ends with a seal, so that there damage to its last record is seen too; one without a seal was the
/// last one written to, or was given up when its disk failed.
/// </summary>
internal static class SpoolScanner
{
    /// <param name="Records">Offset and length of each payload.</param>
    /// <param name="Length">Where the whole part ends.</param>
    /// <param name="IsTorn">Bytes behind it must be cut.</param>
    /// <param name="IsSealed">The segment is complete.</param>
    public readonly record struct Result(List<(long Offset, int Length)> Records, long Length, bool IsTorn, bool IsSealed);

    /// <exception cref="SpoolDamagedException">Broken in the middle.</exception>
    public static Result Scan(string name, ReadOnlySpan<byte> segment)
    {
        var records = new List<(long, int)>();
        if (segment.Length < SpoolFormat.HeaderBytes) return new(records, 0, segment.Length > 0, false);
        if (!SpoolFormat.HasHeader(segment)) return RefuseHead(name, segment, records);

        var salt = SpoolFormat.SaltOf(segment);
        var offset = SpoolFormat.HeaderBytes;
        while (offset < segment.Length)
        {
            var length = SpoolFormat.Check(segment[offset..], salt);
            if (length < 0)
            {
                if (SpoolFormat.FindNext(segment, offset + 1, salt) >= 0) throw new SpoolDamagedException(name, offset, "a record's checksum is wrong.");
                return new(records, offset, true, false);
            }

            var payload = segment.Slice(offset + SpoolFormat.FrameBytes, length);
            if (SpoolFormat.IsSeal(payload)) return new(records, offset + SpoolFormat.FrameBytes + length, false, true);
            records.Add((offset + SpoolFormat.FrameBytes, length));
            offset += SpoolFormat.FrameBytes + length;
        }

        return new(records, offset, false, false);
    }

    // The head is synced with the first records: a head of zeros is a torn write, any other is damage.
    private static Result RefuseHead(string name, ReadOnlySpan<byte> segment, List<(long, int)> records)
    {
        if (segment.StartsWith(SpoolFormat.Head[..^1]) && segment[SpoolFormat.Head.Length - 1] != SpoolFormat.Head[^1]) throw new SpoolDamagedException(name, 7, "it was written by another version of WaQtor.");
        if (segment.ContainsAnyExcept((byte)0)) throw new SpoolDamagedException(name, 0, "its head is unreadable.");
        return new(records, 0, true, false);
    }
}
