using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime;

/// <summary>One connection's interest in one topic, and how far it was served.</summary>
internal sealed class FeedListener(FeedConnection connection, FeedRoom room)
{
    public FeedConnection Connection { get; } = connection;

    public FeedRoom Room { get; } = room;

    /// <summary>What the reader was given or passed over; belongs to the topic's turn.</summary>
    public string Epoch { get; set; } = "";

    /// <inheritdoc cref="Epoch" />
    public long Position { get; set; }

    /// <summary>No more events; the connection left the topic.</summary>
    public volatile bool IsEnded;

    /// <summary>Events between the reader's place and the topic's are still being fetched.</summary>
    public volatile bool IsCatchingUp = true;

    /// <summary>What the client has behind it, by what was written to it; belongs to the connection's writer.</summary>
    public FeedPlace Told { get; set; }

    /// <summary>Keys of some instances are told only what names one of these, wherever it was told.</summary>
    public bool Sees(FeedEvent told, FeedTransport transport)
    {
        if (!told.GoesTo(transport)) return false;
        return Connection.Caller is { } caller && (Room.IsEveryone || Room.Name.Kind == TopicKind.User || caller.Instances is null || SeesInstance(caller, told));
    }

    private static bool SeesInstance(Caller caller, FeedEvent told) => told.Instance.Length > 0 && caller.Sees(told.Instance);
}
