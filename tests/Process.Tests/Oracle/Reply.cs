namespace Waqtor.Process.Tests.Oracle;

/// <summary>A reply that reached the gateway: the ids of the messages it answers, and when.</summary>
public sealed record Reply(IReadOnlyList<string> MessageIds, DateTimeOffset ReceivedAt)
{
    /// <summary>The template that makes a reply tell what it answers, when each message's text is its id.</summary>
    public const string Template = "{{messageCount}}|{{text}}";

    /// <summary>Reads a text made by <see cref="Template"/>.</summary>
    public static Reply Parse(string text, DateTimeOffset receivedAt)
    {
        var parts = text.Split('|', 2);
        var ids = parts[^1].Split('\n');
        return parts[0] == ids.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? new Reply(ids, receivedAt)
            : throw new FormatException($"A reply to {ids.Length} messages says it answers {parts[0]}");
    }
}
