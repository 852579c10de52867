using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Api.Inbound;

/// <summary>
/// Which conversation counts for a contact that comes with several ids (phone, LID, user id). The grains know; this
/// node asks them once per pair and remembers the answer, in two generations so that it stays bounded. A stale answer
/// is harmless: the grain there says where the contact moved to.
/// </summary>
internal sealed class ContactLinks(IGrainFactory grains, IOptions<IngestOptions> options)
{
    private readonly int _generationMax = Math.Max(1, options.Value.ContactLinksMax / 2);
    private ConcurrentDictionary<Pair, string> _young = new();
    private ConcurrentDictionary<Pair, string> _old = new();

    private readonly record struct Pair(string InstanceId, string? Phone, string? Lid, string? UserId);

    /// <param name="instanceId">The instance's id.</param>
    /// <param name="contact">Not empty.</param>
    /// <param name="primary">The key of the contact by its first id.</param>
    public ValueTask<string> FindAsync(string instanceId, ContactIdentity contact, string primary)
    {
        if (contact.GroupId is not null || !HasSeveral(contact)) return new(primary);
        var pair = new Pair(instanceId, contact.Phone, contact.Lid, contact.UserId);
        if (_young.TryGetValue(pair, out var known)) return new(known);
        if (_old.TryGetValue(pair, out known))
        {
            Remember(pair, known);
            return new(known);
        }

        return new(LinkAsync(pair, contact, primary));
    }

    private static bool HasSeveral(ContactIdentity contact) =>
        (contact.Phone is null ? 0 : 1) + (contact.Lid is null ? 0 : 1) + (contact.UserId is null ? 0 : 1) > 1;

    private async Task<string> LinkAsync(Pair pair, ContactIdentity contact, string primary)
    {
        var counts = primary;
        foreach (var alias in ConversationKey.Aliases(pair.InstanceId, contact))
        {
            counts = await grains.JoinAsync(alias.Id, counts);
        }

        Remember(pair, counts);
        return counts;
    }

    private void Remember(Pair pair, string conversationId)
    {
        var young = _young;
        young[pair] = conversationId;
        if (young.Count <= _generationMax) return;
        if (Interlocked.CompareExchange(ref _young, new(), young) == young) _old = young;
    }
}
