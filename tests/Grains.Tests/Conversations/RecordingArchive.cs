using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Events;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>An archive in memory that outlives crashes of the grains; it can refuse, and it remembers every telling.</summary>
internal sealed class RecordingArchive : IArchiveWriter, IArchiveQueries
{
    private readonly Lock _lock = new();
    private readonly List<DomainEvent> _told = [];

    public bool Refuses { get; set; }

    /// <summary>In the order they were told, repetitions included.</summary>
    public DomainEvent[] Told
    {
        get
        {
            lock (_lock) return [.. _told];
        }
    }

    /// <summary>Each event once, in the order of the first telling.</summary>
    public DomainEvent[] Events => [.. Told.DistinctBy(one => one.Id)];

    public Task AppendAsync(IReadOnlyList<DomainEvent> events, CancellationToken cancellationToken = default)
    {
        if (Refuses) throw new IOException("The archive is down.");
        lock (_lock) _told.AddRange(events);
        return Task.CompletedTask;
    }

    /// <summary>The newest record of each batch.</summary>
    public BatchRecord[] Batches => [.. Events
        .Where(one => one.Batch is not null)
        .Select(one => one.Batch!)
        .GroupBy(batch => batch.Id)
        .Select(versions => versions.MaxBy(batch => batch.Version)!)
        .OrderBy(batch => batch.OpenedAt)];

    /// <summary>Overdue beside those that were told.</summary>
    public IReadOnlyList<OverdueBatch> Overdue { get; set; } = [];

    public Task<IReadOnlyList<OverdueBatch>> ListOverdueAsync(
        DateTimeOffset dueBefore, DateTimeOffset dueAfter, OverdueBatch? behind, int limit, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<OverdueBatch>>([.. Batches
            .Where(batch => batch.Status is BatchStatus.Open or BatchStatus.Processing && (batch.DueAt < dueBefore || batch.DueAt > dueAfter))
            .Select(batch => new OverdueBatch(batch.Id, batch.ConversationId, batch.DueAt))
            .Concat(Overdue)
            .OrderBy(one => one.DueAt)
            .ThenBy(one => one.BatchId, StringComparer.Ordinal)
            .Where(one => behind is null || one.DueAt > behind.DueAt || (one.DueAt == behind.DueAt && string.CompareOrdinal(one.BatchId, behind.BatchId) > 0))
            .Take(limit)]);

    public Task<Page<ConversationRecord>> ListConversationsAsync(ConversationFilter filter, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ConversationRecord?> GetConversationAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>By status and oldest first only.</summary>
    public Task<Page<MessageRecord>> ListMessagesAsync(MessageFilter filter, CancellationToken cancellationToken = default)
    {
        if (Refuses) throw new IOException("The archive is down.");
        var messages = Events
            .Where(one => one.Message is not null)
            .Select(one => one.Message!)
            .GroupBy(message => message.Id)
            .Select(told => told.MaxBy(message => message.Status)!)
            .Where(message => message.Status == filter.Status && string.CompareOrdinal(message.Id, filter.Cursor) > 0)
            .OrderBy(message => message.Id, StringComparer.Ordinal)
            .Take(filter.Limit)
            .ToArray();
        return Task.FromResult(new Page<MessageRecord>([.. messages], messages.Length == filter.Limit ? messages[^1].Id : null));
    }

    public Task<MessageRecord?> GetMessageAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Page<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<BatchRecord?> GetBatchAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Page<DeliveryRecord>> ListDeliveriesAsync(DeliveryFilter filter, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<DeliveryRecord?> GetDeliveryAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<QueueStats> GetQueueStatsAsync(IReadOnlyCollection<string>? allowedInstances, string? instance, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
