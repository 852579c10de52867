using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.Api.Devices;

/// <summary>What a device said of its message: checked, and written down with an upload.</summary>
internal sealed record DeviceMessage
{
    public required string Id { get; init; }
    public required long Sequence { get; init; }
    public required MessageKind Kind { get; init; }
    public string? MimeType { get; init; }
    public required int Size { get; init; }
    public required string Sha256 { get; init; }
    public bool Gzip { get; init; }
    /// <summary>Length of what comes in chunks; 0: it came with the message.</summary>
    public int UploadSize { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public string? MetadataJson { get; init; }

    /// <summary>Whether this is the same message as one that was begun: then its upload goes on.</summary>
    public bool IsSameAs(DeviceMessage other) => (Id, Kind, Size, Sha256, Gzip, UploadSize) == (other.Id, other.Kind, other.Size, other.Sha256, other.Gzip, other.UploadSize);

    /// <summary>Seconds of an audio, when the metadata tells them as <c>audio.durationSeconds</c>.</summary>
    public double? DurationSeconds
    {
        get
        {
            if (MetadataJson is null) return null;
            using var metadata = JsonDocument.Parse(MetadataJson);
            return metadata.RootElement.TryGetProperty("audio", out var audio) && audio.ValueKind == JsonValueKind.Object
                && audio.TryGetProperty("durationSeconds", out var seconds) && seconds.ValueKind == JsonValueKind.Number
                && seconds.TryGetDouble(out var value) && value is >= 0 and <= 86_400
                    ? value
                    : null;
        }
    }
}
