using Waqtor.Conversations;

namespace Waqtor.Archive;

/// <summary>How a conversation is laid out in its table.</summary>
internal static class ConversationColumns
{
    /// <summary>Joined to another before it had messages of its own: an empty shell that no list shows.</summary>
    public static bool IsHidden(ConversationRecord conversation) => conversation is { MovedTo: not null, MessageCount: 0 };
}
