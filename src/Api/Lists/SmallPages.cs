using Waqtor.Archive;

namespace Waqtor.Api.Lists;

/// <summary>Pages of a list that is held whole: the cursor is the id of the last item.</summary>
internal static class SmallPages
{
    public static Page<T> Of<T>(IEnumerable<T> all, Func<T, string> idOf, string? cursor, int limit)
    {
        var items = all.ToList();
        // An item that went meanwhile takes its place along: the list begins anew rather than end early.
        var from = cursor is null ? 0 : items.FindIndex(item => idOf(item) == cursor) + 1;
        var page = items.Skip(from).Take(limit).ToList();
        return new Page<T>([.. page], from + page.Count < items.Count ? idOf(page[^1]) : null);
    }
}
