using System.Collections.Immutable;
using Waqtor.Events;

namespace Waqtor.Archive;

/// <summary>A writer of the searchable history; writes many callers' events in one transaction. Key: the shard.</summary>
[Alias("waqtor.IArchiveGrain")]
public interface IArchiveGrain : IGrainWithIntegerKey
{
    /// <summary>Returns when the events are durable. Idempotent by event id and by record version.</summary>
    [Alias("AppendAsync")]
    Task AppendAsync(ImmutableArray<DomainEvent> events);
}
