namespace Waqtor.Api.Spooling;

/// <summary>Where a spooled delivery lies.</summary>
internal sealed class SpoolEntry(SpoolSegment segment, long offset, int length, string instance)
{
    public SpoolSegment Segment { get; } = segment;
    public long Offset { get; } = offset;
    public int Length { get; } = length;
    public string Instance { get; } = instance;

    /// <summary>Null until it was read: one of an earlier run.</summary>
    public SpoolKeys? Keys { get; set; }

    /// <summary>Failed replays of this run of the program.</summary>
    public int Tries { get; set; }
}
