using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>
/// Reads the searchable history. It follows the grains by milliseconds; what must be exact is asked of the grain.
/// </summary>
public interface IArchiveQueries
{
    Task<Page<ConversationRecord>> ListConversationsAsync(ConversationFilter filter, CancellationToken cancellationToken = default);

    Task<ConversationRecord?> GetConversationAsync(string id, CancellationToken cancellationToken = default);

    Task<Page<MessageRecord>> ListMessagesAsync(MessageFilter filter, CancellationToken cancellationToken = default);

    Task<MessageRecord?> GetMessageAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Open buffers are not batches and are left out.</summary>
    Task<Page<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default);

    Task<BatchRecord?> GetBatchAsync(string id, CancellationToken cancellationToken = default);

    Task<Page<DeliveryRecord>> ListDeliveriesAsync(DeliveryFilter filter, CancellationToken cancellationToken = default);

    Task<DeliveryRecord?> GetDeliveryAsync(string id, CancellationToken cancellationToken = default);

    /// <param name="allowedInstances">Names the caller may see; null: all.</param>
    /// <param name="instance">One instance; null: all.</param>
    /// <param name="now">The time ages are counted to.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<QueueStats> GetQueueStatsAsync(
        IReadOnlyCollection<string>? allowedInstances, string? instance, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Buffers and batches whose due or next attempt time is before <paramref name="dueBefore"/>, or so far ahead, after
    /// <paramref name="dueAfter"/>, that the clock must have been set back since; oldest first.
    /// </summary>
    /// <param name="dueBefore">Not this time itself.</param>
    /// <param name="dueAfter">Not this time itself.</param>
    /// <param name="behind">The last one of an earlier answer, to go on behind it; null: from the first.</param>
    /// <param name="limit">1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<OverdueBatch>> ListOverdueAsync(
        DateTimeOffset dueBefore, DateTimeOffset dueAfter, OverdueBatch? behind, int limit, CancellationToken cancellationToken = default);
}
