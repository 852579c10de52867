using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Sending;

/// <summary>One attempt to send a text; the attempt is already written.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.send-request")]
public sealed record SendRequest
{
    [Id(0)] public required string InstanceId { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string ConversationId { get; init; }
    [Id(3)] public required string MessageId { get; init; }
    [Id(4)] public required int Attempt { get; init; }
    [Id(5)] public required ContactIdentity Contact { get; init; }
    [Id(6)] public required string Text { get; init; }
    [Id(7)] public string? QuotedProviderMessageId { get; init; }
    /// <summary>Buttons or a list under the text.</summary>
    [Id(8)] public Offer? Offer { get; init; }
    /// <summary>The batch this message answers; null when nobody asked.</summary>
    [Id(9)] public string? BatchId { get; init; }
    [Id(10)] public MessageAuthor? Author { get; init; }
    /// <summary>The provider's ids of the messages of that batch, where the channel wants them (devices).</summary>
    [Id(11)] public ImmutableArray<string> AnsweredProviderMessageIds { get; init; } = [];
    /// <summary>How sure the bot is of this answer, 0 to 1, where the channel wants it (devices); null when it does not say.</summary>
    [Id(12)] public double? Confidence { get; init; }
    /// <summary>Since when the attempt's time counts; null: since the worker begins.</summary>
    [Id(13)] public HandOver? HandedOver { get; init; }
    /// <summary>Free text that the 24-hour window closed on while it waited: not sent where the platform refuses it (Cloud API).</summary>
    [Id(14)] public bool IsOutsideWindow { get; init; }
    /// <summary>Who is mentioned, as <see cref="MessageContent.MentionedIds"/> has them; null: nobody.</summary>
    [Id(15)] public ImmutableArray<string>? MentionedIds { get; init; }
}
