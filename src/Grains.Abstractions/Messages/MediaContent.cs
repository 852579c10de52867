namespace Waqtor.Messages;

/// <summary>A file that came with a message, by the provider's reference and, once kept, by ours.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.media-content")]
public sealed record MediaContent
{
    /// <summary>The provider's id of the file.</summary>
    [Id(0)] public string? ProviderId { get; init; }
    [Id(1)] public string? Url { get; init; }
    [Id(2)] public string? MimeType { get; init; }
    [Id(3)] public string? Sha256 { get; init; }
    [Id(4)] public string? FileName { get; init; }
    [Id(5)] public string? Caption { get; init; }
    [Id(6)] public long? SizeBytes { get; init; }
    [Id(7)] public double? DurationSeconds { get; init; }
    /// <summary>The content hash under which the bytes are kept here; null while they are only at the provider.</summary>
    [Id(8)] public string? StoredHash { get; init; }
    /// <summary>Key with which WhatsApp encrypted the file (unofficial gateways only).</summary>
    [Id(9)] public string? MediaKey { get; init; }
    [Id(10)] public bool Animated { get; init; }
}
