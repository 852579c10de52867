namespace Waqtor.Api.Spooling;

/// <summary>One file of the spool.</summary>
internal sealed class SpoolSegment(string name)
{
    public string Name { get; } = name;
    public long Length { get; set; }

    /// <summary>Deliveries in it that are not stored yet.</summary>
    public int Pending { get; set; }

    /// <summary>Nothing is appended any more: it goes when nothing in it is pending.</summary>
    public bool Closed { get; set; }
}
