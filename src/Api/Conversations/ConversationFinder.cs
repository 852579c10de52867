using Waqtor.Api.Access;
using Waqtor.Archive;
using Waqtor.Conversations;

namespace Waqtor.Api.Conversations;

/// <summary>Finds a conversation that the caller may see, where it lives now.</summary>
internal sealed class ConversationFinder(IGrainFactory grains, IArchiveQueries archive)
{
    /// <summary>Its grain knows it best; one that only the archive has left is shown without what is under way. Null: none.</summary>
    public Task<FoundConversation?> FindAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        FindAsync(id, caller, isHistory: false, cancellationToken);

    /// <summary>The one that has its history: a conversation keeps its messages when its contact moves on. Null: none.</summary>
    public Task<FoundConversation?> FindHistoryAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        FindAsync(id, caller, isHistory: true, cancellationToken);

    private async Task<FoundConversation?> FindAsync(string id, Caller caller, bool isHistory, CancellationToken cancellationToken)
    {
        if (!ConversationKey.TryParse(id, out var key)) return null;
        for (var moves = 0; moves <= ConversationJoins.MovesMax; moves++)
        {
            var grain = grains.GetGrain<IConversationGrain>(key.Id);
            if (await grain.GetAsync() is not { } view)
            {
                // Empty itself, it may have given way to where its contact was known before.
                var counts = await grain.GiveWayAsync(null);
                if (counts == key.Id) break;
                key = new ConversationKey(counts);
                continue;
            }

            if (!caller.Sees(view.Conversation.Instance)) return null;
            if (view.Conversation.MovedTo is not { } next || (isHistory && view.Conversation.MessageCount > 0)) return new(key.Id, view.Conversation, view, grain);
            key = new ConversationKey(next);
        }

        return await archive.GetConversationAsync(key.Id, cancellationToken) is { } record && caller.Sees(record.Instance)
            ? new(key.Id, record, null, grains.GetGrain<IConversationGrain>(key.Id))
            : null;
    }
}
