namespace Waqtor.Api.Spooling;

/// <summary>
/// Reads a segment back at start. What is written before one sync is a group; a group is written only when the one before is on the disk.
/// So a record that is broken in the last group was perhaps never synced, and nobody was told of it: it is left out, and what is whole
/// beside it is kept, because a disk may have kept any part of what it was not told to sync. A broken one with another group, or the seal,
/// behind it is damage, and skipping it would be silent loss. A full segment ends with a seal; one without was the last one written to, or was given up
/// when its disk failed.
/// </summary>
internal static class SpoolScanner
{
    /// <param name="Records">Offset and length of each payload.</param>
    /// <param name="Length">Where the last whole record ends.</param>
    /// <param name="IsTorn">Something behind that, or between whole records of the last group, was never synced.</param>
    /// <param name="IsSealed">The segment is complete.</param>
    public readonly record struct Result(List<(long Offset, int Length)> Records, long Length, bool IsTorn, bool IsSealed);

    /// <exception cref="SpoolDamagedException">Broken in the middle.</exception>
    public static Result Scan(string name, ReadOnlySpan<byte> segment)
    {
        var records = new List<(long, int)>();
        if (segment.Length < SpoolFormat.HeaderBytes) return new(records, 0, segment.Length > 0, false);
        if (!SpoolFormat.HasHeader(segment)) return RefuseHead(name, segment, records);

        var salt = SpoolFormat.SaltOf(segment);
        var hasGroups = SpoolFormat.HasGroups(segment);
        var offset = SpoolFormat.HeaderBytes;
        var end = offset;
        var brokenAt = -1;
        while (offset < segment.Length)
        {
            var length = SpoolFormat.Check(segment[offset..], salt);
            if (length < 0)
            {
                if (brokenAt < 0) brokenAt = offset;
                offset = SpoolFormat.FindNext(segment, offset + 1, salt);
                if (offset < 0) break;
                continue;
            }

            var payload = segment.Slice(offset + SpoolFormat.FrameBytes, length);
            var (isSeal, isGroup) = (SpoolFormat.IsSeal(payload), SpoolFormat.IsGroup(payload));
            if (brokenAt >= 0 && (isSeal || isGroup || !hasGroups)) throw new SpoolDamagedException(name, brokenAt, "a record's checksum is wrong.");
            if (!isSeal && !isGroup) records.Add((offset + SpoolFormat.FrameBytes, length));
            offset += SpoolFormat.FrameBytes + length;
            end = offset;
            if (isSeal) return new(records, end, false, true);
        }

        return new(records, end, brokenAt >= 0, false);
    }

    // The head is synced with the first records: a head of zeros is a torn write, any other is damage.
    private static Result RefuseHead(string name, ReadOnlySpan<byte> segment, List<(long, int)> records)
    {
        if (segment.StartsWith(SpoolFormat.Head[..^1]) && segment[SpoolFormat.Head.Length - 1] > SpoolFormat.Head[^1]) throw new SpoolDamagedException(name, 7, "it was written by a later version of WaQtor.");
        if (segment.ContainsAnyExcept((byte)0)) throw new SpoolDamagedException(name, 0, "its head is unreadable.");
        return new(records, 0, true, false);
    }
}
