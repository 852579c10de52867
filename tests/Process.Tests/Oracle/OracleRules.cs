using Waqtor.ProcessKit;

namespace Waqtor.Process.Tests.Oracle;

/// <summary>What was promised in the run that is judged.</summary>
public sealed record OracleRules
{
    /// <summary>From the first message of a burst to its flush.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Messages that end a burst at once.</summary>
    public int Count { get; init; } = 5;

    /// <summary>How late a flush may be. The product aims at 20 ms; a shared machine needs more.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after start-up an overdue buffer may still wait. Section B says 1 s.</summary>
    public TimeSpan RestartGrace { get; init; } = TimeSpan.FromSeconds(1);

    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Null: replies are not judged.</summary>
    public IReadOnlyList<Reply>? Replies { get; init; }

    /// <summary>False when the server took messages in while its store was away: their times are the spool's.</summary>
    public bool JudgesTimes { get; init; } = true;
}
