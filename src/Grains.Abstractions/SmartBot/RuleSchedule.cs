using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>When a rule answers. All that is set must hold; nothing set: always.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.rule-schedule")]
public sealed record RuleSchedule
{
    /// <summary>IANA name of the time zone of days and hours, such as <c>Asia/Riyadh</c>. Default: UTC.</summary>
    [Id(0)] public string? TimeZone { get; init; }
    /// <summary>Days of the week by English name, in lower case; empty: all.</summary>
    [Id(1)] public ImmutableArray<string> Days { get; init; } = [];
    /// <summary>First minute of the day, <c>HH:mm</c>. After <see cref="To"/> the hours go over midnight and count to the day they began.</summary>
    [Id(2)] public string? From { get; init; }
    /// <summary>The minute at which it ends, <c>HH:mm</c>.</summary>
    [Id(3)] public string? To { get; init; }
    [Id(4)] public DateTimeOffset? StartsAt { get; init; }
    [Id(5)] public DateTimeOffset? EndsAt { get; init; }
}
