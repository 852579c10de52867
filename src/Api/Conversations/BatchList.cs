using System.Collections.Immutable;
using Waqtor.Api.Lists;
using Waqtor.Archive;
using Waqtor.Conversations;

namespace Waqtor.Api.Conversations;

/// <summary>
/// A conversation's batches: the archive's pages with the grain's own knowledge laid over them. The grain wins for what
/// it has under way; what it no longer has under way while the archive still says so has just ended, and is waited for.
/// </summary>
internal sealed class BatchList(IArchiveQueries archive, TimeProvider clock)
{
    public async Task<Page<BatchRecord>> ReadAsync(FoundConversation conversation, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var live = conversation.View?.Batches ?? [];
        var filter = new BatchFilter { ConversationId = conversation.Id, Cursor = cursor, Limit = limit };
        var page = await ArchiveLag.WaitAsync(
            () => archive.ListBatchesAsync(filter, cancellationToken),
            found => conversation.View is null || found.Items.All(batch => batch.Status != BatchStatus.Processing || Find(live, batch.Id) is not null),
            clock, cancellationToken);

        var items = page.Items.Select(batch => Find(live, batch.Id) is { } newer && newer.Version >= batch.Version ? newer : batch).ToList();
        if (page.NextCursor is null) await AddUnarchivedAsync(items, live, cancellationToken);
        return new([.. items], page.NextCursor);
    }

    // The newest may not have reached the archive; an older one may stand on an earlier page.
    private async Task AddUnarchivedAsync(List<BatchRecord> items, ImmutableArray<BatchRecord> live, CancellationToken cancellationToken)
    {
        foreach (var batch in live)
        {
            if (items.Exists(item => item.Id == batch.Id)) continue;
            if (await archive.GetBatchAsync(batch.Id, cancellationToken) is null or { Status: BatchStatus.Open }) items.Add(batch);
        }
    }

    private static BatchRecord? Find(ImmutableArray<BatchRecord> batches, string id)
    {
        foreach (var batch in batches)
        {
            if (batch.Id == id) return batch;
        }

        return null;
    }
}
