using System.Collections.Immutable;

namespace Waqtor.Events;

/// <summary>
/// Takes events out of a grain's outbox to everybody who must know: the archive (awaited: it is the record) and the
/// feed. Worker; key: any number.
/// </summary>
[Alias("waqtor.IEventRouterGrain")]
public interface IEventRouterGrain : IGrainWithIntegerKey
{
    /// <summary>Returns when the archive has them durably; throws when it has not, and the caller keeps its outbox.</summary>
    [Alias("RouteAsync")]
    Task RouteAsync(ImmutableArray<DomainEvent> events);
}
