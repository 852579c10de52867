namespace Waqtor.Api.Realtime;

/// <summary>
/// Where a reader stands in several topics: places joined by a bar. Clients hand it back as they got it; what cannot be read
/// in it is as if it were not there. It holds only letters, digits and <c>: | . _ -</c>, so that it may be the id of a
/// server-sent event and part of an address.
/// </summary>
internal static class FeedCursor
{
    public const int CharactersMax = 4_096;
    public const char Divider = '|';

    /// <summary>By topic; of a topic that occurs twice the last place counts.</summary>
    public static IReadOnlyDictionary<string, FeedPlace> Parse(string? cursor)
    {
        var places = new Dictionary<string, FeedPlace>(StringComparer.Ordinal);
        if (cursor is not { Length: > 0 and <= CharactersMax }) return places;
        foreach (var part in cursor.AsSpan().Split(Divider))
        {
            if (FeedPlace.TryParse(cursor.AsSpan()[part], out var place)) places[place.Topic] = place;
        }

        return places;
    }

    public static string Join(IEnumerable<FeedPlace> places) => string.Join(Divider, places);
}
