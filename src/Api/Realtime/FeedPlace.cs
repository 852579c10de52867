using System.Globalization;

namespace Waqtor.Api.Realtime;

/// <summary>A place in a topic: after the event with this sequence. Written <c>topic.epoch.sequence</c>; it is the event's id.</summary>
internal readonly record struct FeedPlace(string Topic, string Epoch, long Sequence)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}.{Epoch}.{Sequence}");

    public static bool TryParse(ReadOnlySpan<char> text, out FeedPlace place)
    {
        place = default;
        var last = text.LastIndexOf('.');
        if (last <= 0 || !long.TryParse(text[(last + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        var middle = text[..last].LastIndexOf('.');
        if (middle <= 0 || middle == last - 1) return false;
        place = new FeedPlace(text[..middle].ToString(), text[(middle + 1)..last].ToString(), sequence);
        return true;
    }
}
