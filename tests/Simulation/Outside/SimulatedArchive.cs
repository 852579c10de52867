using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Running;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Outside;

/// <summary>The searchable history: another database, which has failures of its own.</summary>
internal sealed class SimulatedArchive(World world) : IArchiveQueries
{
    private readonly SeededRandom _random = world.Scenario.Stream("archive");
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BatchRecord> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MessageRecord> _outgoing = new(StringComparer.Ordinal);

    /// <summary>The writer of one process.</summary>
    public IArchiveWriter WriterFor(ServerProcess process) => new Writer(this, process);

    public Task<IReadOnlyList<OverdueBatch>> ListOverdueAsync(
        DateTimeOffset dueBefore, DateTimeOffset dueAfter, OverdueBatch? behind, int limit, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<OverdueBatch>>(
        [
            .. _open.Values.Select(batch => new OverdueBatch(batch.Id, batch.ConversationId, batch.NextAttemptAt ?? batch.DueAt))
                .Where(batch => batch.DueAt < dueBefore || batch.DueAt > dueAfter)
                .OrderBy(batch => batch.DueAt)
                .ThenBy(batch => batch.BatchId, StringComparer.Ordinal)
                .SkipWhile(batch => behind is not null
                    && (batch.DueAt < behind.DueAt || (batch.DueAt == behind.DueAt && string.CompareOrdinal(batch.BatchId, behind.BatchId) <= 0)))
                .Take(limit),
        ]);

    public Task<Page<ConversationRecord>> ListConversationsAsync(ConversationFilter filter, CancellationToken cancellationToken = default) => throw NotAsked();

    public Task<ConversationRecord?> GetConversationAsync(string id, CancellationToken cancellationToken = default) => throw NotAsked();

    public Task<Page<MessageRecord>> ListMessagesAsync(MessageFilter filter, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Page<MessageRecord>(
            [.. _outgoing.Values.Where(message => message.Status == filter.Status).OrderBy(message => message.Id, StringComparer.Ordinal)], null));

    public Task<MessageRecord?> GetMessageAsync(string id, CancellationToken cancellationToken = default) => throw NotAsked();

    public Task<Page<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default) => throw NotAsked();

    public Task<BatchRecord?> GetBatchAsync(string id, CancellationToken cancellationToken = default) => throw NotAsked();

    public Task<Page<DeliveryRecord>> ListDeliveriesAsync(DeliveryFilter filter, CancellationToken cancellationToken = default) => throw NotAsked();

    public Task<DeliveryRecord?> GetDeliveryAsync(string id, CancellationToken cancellationToken = default) => throw NotAsked();

    public Task<QueueStats> GetQueueStatsAsync(
        IReadOnlyCollection<string>? allowedInstances, string? instance, DateTimeOffset now, CancellationToken cancellationToken = default) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("No grain asks the archive for this.");

    private void Keep(IReadOnlyList<DomainEvent> events)
    {
        foreach (var one in events)
        {
            if (one.Message is { Direction: MessageDirection.Outbound } message
                && !(_outgoing.TryGetValue(message.Id, out var known) && known.Status > message.Status))
                _outgoing[message.Id] = message;
            if (one.Batch is not { } batch || _versions.GetValueOrDefault(batch.Id) >= batch.Version) continue;
            _versions[batch.Id] = batch.Version;
            if (batch.Status < BatchStatus.Completed) _open[batch.Id] = batch;
            else _open.Remove(batch.Id);
        }

        world.Oracle.Archived(events);
    }

    private sealed class Writer(SimulatedArchive archive, ServerProcess process) : IArchiveWriter
    {
        private World World => process.World;

        public async Task AppendAsync(IReadOnlyList<DomainEvent> events, CancellationToken cancellationToken = default)
        {
            World.Oracle.Telling(events);
            var done = new TaskCompletionSource();
            World.Time.After(archive._random.Between(TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(4)), () =>
            {
                // A process that died may have got its transaction through, or not.
                if (process.IsDead && archive._random.Chance(0.5)) return;
                var isRefused = World.Faults.Strikes(FaultKind.ArchiveFailed, "archive");
                if (!isRefused) archive.Keep(events);
                if (isRefused || World.Faults.Strikes(FaultKind.ArchiveAnswerLost, "archive")) done.SetException(new IOException("The simulated archive failed."));
                else done.SetResult();
            });
            try
            {
                await done.Task;
            }
            catch (IOException) when (World.Bug.ArchiveHidesItsFailures)
            {
                // The mistake that is planted.
            }
        }
    }
}
