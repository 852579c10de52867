namespace Waqtor.Messages;

/// <summary>A place, in degrees (WGS 84).</summary>
[GenerateSerializer, Immutable, Alias("waqtor.location-content")]
public sealed record LocationContent(
    [property: Id(0)] double Latitude,
    [property: Id(1)] double Longitude,
    [property: Id(2)] string? Name = null,
    [property: Id(3)] string? Address = null,
    [property: Id(4)] string? Url = null);
