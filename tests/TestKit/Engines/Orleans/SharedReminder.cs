using Orleans.Runtime;

namespace Waqtor.TestKit.Engines;

/// <summary>One registration of a reminder; a grain that registers it anew makes another.</summary>
internal sealed class SharedReminder(GrainId grainId, string name, DateTimeOffset startAt, TimeSpan period) : IGrainReminder
{
    public GrainId GrainId { get; } = grainId;

    public string ReminderName { get; } = name;

    public DateTimeOffset StartAt { get; } = startAt;

    public TimeSpan Period { get; } = period;

    /// <summary>When it is next to be delivered.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>The first tick of its rhythm after a time.</summary>
    public DateTimeOffset After(DateTimeOffset time) =>
        time < StartAt ? StartAt : StartAt + ((((time - StartAt).Ticks / Period.Ticks) + 1) * Period);
}
