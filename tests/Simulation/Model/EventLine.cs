namespace Waqtor.Simulation.Model;

/// <summary>The events of one grain: in which order they must come out, and how far they came.</summary>
internal sealed class EventLine
{
    public List<string> Order { get; } = [];

    public Dictionary<string, int> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of them the archive has: always the first ones.</summary>
    public int Archived { get; set; }

    /// <summary>Places of events that a reader of the feed saw, by topic.</summary>
    public Dictionary<string, int> Shown { get; } = new(StringComparer.Ordinal);

    public void Expect(string eventId)
    {
        if (Places.TryAdd(eventId, Order.Count)) Order.Add(eventId);
    }
}
