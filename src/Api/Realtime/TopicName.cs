using System.Collections.Frozen;
using Waqtor.Conversations;
using Waqtor.Instances;

namespace Waqtor.Api.Realtime;

/// <summary>
/// The name of a topic. It has one spelling: whatever differs from it is another name and names nothing. That keeps every
/// check of permission to a comparison of equals.
/// </summary>
internal readonly record struct TopicName(string Text, TopicKind Kind, string Id)
{
    /// <summary>Events for every connection; nobody subscribes to it by name, and it is not resumed.</summary>
    public const string Everyone = "everyone";

    /// <summary>The sender of what a connection is told about itself.</summary>
    public const string Connection = "connection";

    public const int IdCharactersMax = 64;

    private static readonly FrozenSet<string> General =
        new[] { "session", "messages", "notifications", "campaigns", "smartbot", "system" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, TopicKind> Rooms = new Dictionary<string, TopicKind>
    {
        ["instance"] = TopicKind.Instance,
        ["conversation"] = TopicKind.Conversation,
        ["queue"] = TopicKind.Queue,
        ["campaign"] = TopicKind.Campaign,
        ["job"] = TopicKind.Job,
        ["analysis"] = TopicKind.Analysis,
        ["project"] = TopicKind.Project,
        ["user"] = TopicKind.User,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A topic with an id; a connection may have only so many.</summary>
    public bool IsRoom => Kind != TopicKind.General;

    public override string ToString() => Text;

    public static bool TryParse(string? text, out TopicName name)
    {
        name = default;
        if (text is null) return false;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            if (!General.Contains(text)) return false;
            name = new TopicName(text, TopicKind.General, "");
            return true;
        }

        var id = text[(colon + 1)..];
        if (!Rooms.TryGetValue(text[..colon], out var kind) || !IsId(kind, id)) return false;
        name = new TopicName(text, kind, id);
        return true;
    }

    private static bool IsId(TopicKind kind, string id) => kind switch
    {
        TopicKind.Instance or TopicKind.Queue => InstanceKey.TryParse(id, out _),
        TopicKind.Conversation => ConversationKey.TryParse(id, out _),
        // The divisors of cursors and lists stay out.
        _ => id.Length is > 0 and <= IdCharactersMax && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
    };
}
