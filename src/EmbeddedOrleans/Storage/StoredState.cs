namespace EmbeddedOrleans.Storage;

/// <summary>A stored record; without an etag there is none.</summary>
public readonly record struct StoredState(ReadOnlyMemory<byte> Payload, string? ETag);
