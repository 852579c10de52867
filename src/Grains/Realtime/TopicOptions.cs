using System.ComponentModel.DataAnnotations;

namespace Waqtor.Realtime;

/// <summary>What a topic of the feed keeps: section <c>Waqtor:Topics</c>.</summary>
public sealed class TopicOptions
{
    public const string Section = "Topics";

    /// <summary>Events kept for readers who come back. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int HistoryEventsMax { get; set; } = 10_000;

    /// <summary>Size of the kept events, estimated in bytes. Default: 16,777,216.</summary>
    [Range(1_024, 1_073_741_824)]
    public int HistoryBytesMax { get; set; } = 16 * 1_024 * 1_024;

    /// <summary>Minutes an event is kept. Default: 10.</summary>
    [Range(1, 1_440)]
    public int HistoryMinutes { get; set; } = 10;

    /// <summary>Event ids remembered to drop repeated ones. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int SeenIdsMax { get; set; } = 10_000;

    /// <summary>Events of one answer to a reader. Default: 1,000.</summary>
    [Range(1, 10_000)]
    public int ReadEventsMax { get; set; } = 1_000;
}
