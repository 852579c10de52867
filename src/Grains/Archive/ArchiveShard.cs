using Waqtor.Events;

namespace Waqtor.Archive;

/// <summary>Which archive writer an event goes to: all events of a conversation to the same one, so that they keep their order.</summary>
public static class ArchiveShard
{
    public static int Of(DomainEvent domainEvent, int shards) =>
        Of(domainEvent.ConversationId ?? domainEvent.Instance, shards);

    /// <summary>FNV-1a, the same in every process and version, unlike <see cref="string.GetHashCode()"/>.</summary>
    public static int Of(string key, int shards)
    {
        var hash = 2166136261u;
        foreach (var character in key) hash = (hash ^ character) * 16777619u;
        return (int)(hash % (uint)shards);
    }
}
