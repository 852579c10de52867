using System.Collections.Immutable;

namespace Waqtor.Archive;

/// <summary>A page of a list; <see cref="NextCursor"/> null: the end.</summary>
public sealed record Page<T>(ImmutableArray<T> Items, string? NextCursor);
