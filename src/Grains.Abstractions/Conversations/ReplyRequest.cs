using System.Collections.Immutable;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>A batch to be answered: one attempt.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.reply-request")]
public sealed record ReplyRequest
{
    [Id(0)] public required string InstanceId { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string ConversationId { get; init; }
    [Id(3)] public required string BatchId { get; init; }
    [Id(4)] public required int Attempt { get; init; }
    [Id(5)] public required ContactIdentity Contact { get; init; }
    /// <summary>In order of arrival.</summary>
    [Id(6)] public required ImmutableArray<MessageRecord> Messages { get; init; }
    /// <summary>What was offered lately, oldest first.</summary>
    [Id(7)] public ImmutableArray<SentOffer> Offers { get; init; } = [];
    /// <summary>What is left of the attempt's time when it is handed over: the worker must not outlive the attempt.</summary>
    [Id(8)] public required TimeSpan TimeLeft { get; init; }
    /// <summary>Since when <see cref="TimeLeft"/> counts; null: since the worker begins.</summary>
    [Id(9)] public HandOver? HandedOver { get; init; }
}
