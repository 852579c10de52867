using Waqtor.Events;

namespace Waqtor.Archive;

/// <summary>Writes the searchable history.</summary>
public interface IArchiveWriter
{
    /// <summary>
    /// One durable transaction. Idempotent: messages and deliveries by id, batches and conversations by version,
    /// statuses by rank. Throws when nothing of it was kept.
    /// </summary>
    Task AppendAsync(IReadOnlyList<DomainEvent> events, CancellationToken cancellationToken = default);
}
