namespace Waqtor.Sending;

/// <summary>What <see cref="DailyContactsGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.daily-contacts-state")]
public sealed class DailyContactsState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Oldest first; those of one day only.</summary>
    [Id(1)] public List<ContactSlice> Slices { get; set; } = [];
}
