using System.Collections.Immutable;
using Waqtor.Events;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>Notes routed events.</summary>
internal sealed class FakeEventRouter(FakeCluster cluster) : IEventRouterGrain
{
    public async Task RouteAsync(ImmutableArray<DomainEvent> events)
    {
        await cluster.WriteAsync();
        foreach (var one in events) cluster.Events.Enqueue(one);
    }
}
