using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>A burst, from its first message until it is answered.</summary>
[GenerateSerializer, Alias("waqtor.batch-state")]
public sealed class BatchState
{
    [Id(0)] public string Id { get; set; } = "";
    /// <summary>In order of arrival.</summary>
    [Id(1)] public List<MessageRecord> Messages { get; set; } = [];
    [Id(2)] public DateTimeOffset OpenedAt { get; set; }
    [Id(3)] public DateTimeOffset DueAt { get; set; }
    [Id(4)] public DateTimeOffset? FlushedAt { get; set; }
    [Id(5)] public BatchReason? Reason { get; set; }
    /// <summary>Attempts begun; written before each try, so that a batch that kills the process is given up too.</summary>
    [Id(6)] public int Attempts { get; set; }
    /// <summary>When the running attempt began; null while none runs.</summary>
    [Id(7)] public DateTimeOffset? AttemptStartedAt { get; set; }
    /// <summary>When the next attempt is due; null while one runs or the first has not begun.</summary>
    [Id(8)] public DateTimeOffset? NextAttemptAt { get; set; }
    [Id(9)] public string? Error { get; set; }
    /// <summary>The reply that was made for it and is on its way.</summary>
    [Id(10)] public string? ReplyMessageId { get; set; }
    /// <summary>How that reply was decided.</summary>
    [Id(11)] public ReplyTrace? Reply { get; set; }
    /// <summary>The <see cref="ProcessName"/> that began the newest attempt.</summary>
    [Id(12)] public string? AttemptBy { get; set; }
    /// <summary>Times that a person had it tried afresh; its attempts count from 0 then.</summary>
    [Id(13)] public int Replays { get; set; }
    /// <summary>Why it is not answered although the bot may speak again: <c>paused</c> or <c>botOff</c>. Null: it is.</summary>
    [Id(14)] public string? Silence { get; set; }
}
