namespace Waqtor.Sending;

/// <summary>Contacts counted in ten minutes: those that begin <see cref="Number"/> times ten minutes after the year 1, by UTC.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.contact-slice")]
public sealed record ContactSlice(
    [property: Id(0)] long Number,
    [property: Id(1)] int Contacts);
