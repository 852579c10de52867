using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>The end of one attempt to answer a batch.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.reply-result")]
public sealed record ReplyResult
{
    [Id(0)] public required string BatchId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    /// <summary>Null: nothing is to be sent.</summary>
    [Id(2)] public string? Text { get; init; }
    /// <summary>How it ended: <c>replied</c>, <c>botOff</c>, <c>noReply</c>, <c>handover</c> or <c>blocked</c>; null when it failed.</summary>
    [Id(3)] public string? Outcome { get; init; }
    /// <summary>Set when the attempt failed.</summary>
    [Id(4)] public string? Error { get; init; }
    /// <summary>Buttons or a list under the text.</summary>
    [Id(5)] public Offer? Offer { get; init; }
    /// <summary>How it was decided.</summary>
    [Id(6)] public ReplyTrace? Trace { get; init; }
    /// <summary>A person takes over: the bot pauses after this.</summary>
    [Id(7)] public bool HandOver { get; init; }
    /// <summary>Minutes of that pause; null: until resumed by hand.</summary>
    [Id(8)] public int? HandOverMinutes { get; init; }
    /// <summary>What the answer asks to collect; null: leaves what is there.</summary>
    [Id(9)] public DataRequest? DataRequest { get; init; }
    /// <summary>Rules were asked: the reply is told as an event of its own.</summary>
    [Id(10)] public bool IsNews { get; init; }
}
