namespace Waqtor.Conversations;

/// <summary>The ids of one day (UTC), 8 bytes each.</summary>
[GenerateSerializer, Alias("waqtor.seen-day")]
public sealed class SeenDay
{
    /// <summary>Days since year 1.</summary>
    [Id(0)] public int Day { get; set; }
    [Id(1)] public byte[] Hashes { get; set; } = [];
}
