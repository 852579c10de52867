using System.Collections.Immutable;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>A request to send a text; durable when the call returns.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.send-text-command")]
public sealed record SendTextCommand
{
    [Id(0)] public required string InstanceId { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required ContactIdentity Contact { get; init; }
    /// <summary>1 to 4096 characters. Source: WhatsApp Cloud API.</summary>
    [Id(3)] public required string Text { get; init; }
    [Id(4)] public MessageAuthor Author { get; init; } = MessageAuthor.Person;
    [Id(5)] public string? QuotedProviderMessageId { get; init; }
    /// <summary>The same key in a conversation sends once; remembered with the message.</summary>
    [Id(6)] public string? IdempotencyKey { get; init; }
    /// <summary>Free text outside the 24-hour window is refused where the platform refuses it (Cloud API).</summary>
    [Id(7)] public bool EnforceWindow { get; init; }
    /// <summary>Buttons or a list under the text; within <see cref="OfferLimits"/>.</summary>
    [Id(8)] public Offer? Offer { get; init; }
    /// <summary>Who is mentioned, as <see cref="MessageContent.MentionedIds"/> has them; null: nobody.</summary>
    [Id(9)] public ImmutableArray<string>? MentionedIds { get; init; }
}
