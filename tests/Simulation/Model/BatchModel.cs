namespace Waqtor.Simulation.Model;

/// <summary>What is known of one batch, from what became durable.</summary>
internal sealed class BatchModel(string id)
{
    public string Id => id;

    public List<string> MessageIds { get; set; } = [];

    public bool IsFlushed { get; set; }

    public bool IsDone { get; set; }

    public bool IsDead { get; set; }

    public int Attempts { get; set; }

    public int Replays { get; set; }

    /// <summary>Messages that were made to answer it.</summary>
    public HashSet<string> Replies { get; } = new(StringComparer.Ordinal);

    /// <summary>When it first became durable.</summary>
    public TimeSpan OpenedAt { get; init; }

    public int ReplaysAsked { get; set; }
}
