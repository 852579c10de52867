namespace Waqtor.ProcessKit;

/// <summary>A page of any list of the API; no cursor: the end.</summary>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? NextCursor);
