namespace Waqtor.Conversations;

/// <summary>Finds conversations whose due time passed without progress and has them go on. Key: 0.</summary>
[Alias("waqtor.IOrphanWatchGrain")]
public interface IOrphanWatchGrain : IGrainWithIntegerKey
{
    /// <summary>Starts watching, for as long as the service lives. Idempotent.</summary>
    [Alias("StartAsync")]
    Task StartAsync();

    /// <summary>Orphans re-driven since the start and seen in the last round; a healthy system shows 0.</summary>
    [Alias("GetAsync")]
    Task<OrphanReport> GetAsync();
}
