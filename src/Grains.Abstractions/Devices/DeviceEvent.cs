using System.Collections.Immutable;

namespace Waqtor.Devices;

/// <summary>Something a device is told.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.device-event")]
public sealed record DeviceEvent
{
    /// <summary>Place in the session, from 1 without gaps.</summary>
    [Id(0)] public required long Number { get; init; }
    /// <summary>One of <see cref="DeviceEventNames"/>.</summary>
    [Id(1)] public required string Event { get; init; }
    [Id(2)] public required DateTimeOffset Timestamp { get; init; }
    /// <summary>The device's own ids of the messages this is about; none when a person writes unasked.</summary>
    [Id(3)] public ImmutableArray<string> MessageIds { get; init; } = [];
    /// <summary>Of <c>processing_update</c>: <c>buffered</c>, <c>processing</c>, or how it ended without an answer.</summary>
    [Id(4)] public string? Stage { get; init; }
    /// <summary>Of <c>processing_update</c>: 0 to 100.</summary>
    [Id(5)] public int? Progress { get; init; }
    /// <summary>Of <c>text_response</c>: what the business says.</summary>
    [Id(6)] public string? Response { get; init; }
    /// <summary>Of <c>text_response</c>: how sure the bot is, 0 to 1; null when it does not say, as with a fixed text.</summary>
    [Id(7)] public double? Confidence { get; init; }
    /// <summary>Of <c>text_response</c>: emotions found in what was asked; none when nobody looked for them.</summary>
    [Id(8)] public ImmutableArray<string> Emotions { get; init; } = [];
    /// <summary>Of <c>error_response</c>: for people.</summary>
    [Id(9)] public string? Error { get; init; }
    /// <summary>Of <c>error_response</c>: stable, for programs.</summary>
    [Id(10)] public string? ErrorCode { get; init; }
    /// <summary>Of <c>text_response</c>: our id of the message.</summary>
    [Id(11)] public string? ResponseId { get; init; }
    /// <summary>Of <c>text_response</c>: <c>person</c>, <c>bot</c> or <c>campaign</c>.</summary>
    [Id(12)] public Messages.MessageAuthor? Author { get; init; }
    /// <summary>Of <c>text_response</c>: buttons or a list under the text.</summary>
    [Id(13)] public Messages.Offer? Offer { get; init; }
}
