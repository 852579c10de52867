using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.SmartBot;

namespace Waqtor.Api.SmartBot;

/// <summary>A reply of the bot, or its decision to send none.</summary>
public sealed record HistoryItem
{
    /// <summary>The batch that was answered.</summary>
    public required string BatchId { get; init; }
    public required string Instance { get; init; }
    public required string ConversationId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required BatchStatus Status { get; init; }
    public string? Outcome { get; init; }
    /// <summary>What the customer wrote, at most 500 characters.</summary>
    public required string Text { get; init; }
    /// <summary>What was answered, at most 500 characters.</summary>
    public required string Reply { get; init; }
    public required string Language { get; init; }
    public string? Dialect { get; init; }
    public required ReplyPath Path { get; init; }
    public string? RuleId { get; init; }
    public required double Confidence { get; init; }
    public required ImmutableArray<ReplyCandidate> Top { get; init; }
    public required ImmutableArray<ReplyStep> Steps { get; init; }
    public required long ModelVersion { get; init; }

    internal static HistoryItem For(BatchRecord batch, ReplyTrace trace) => new()
    {
        BatchId = batch.Id,
        Instance = batch.Instance,
        ConversationId = batch.ConversationId,
        At = trace.At,
        Status = batch.Status,
        Outcome = batch.Outcome,
        Text = trace.Text,
        Reply = trace.Reply,
        Language = trace.Language,
        Dialect = trace.Dialect,
        Path = trace.Path,
        RuleId = trace.RuleId,
        Confidence = trace.Confidence,
        Top = trace.Top,
        Steps = trace.Steps,
        ModelVersion = trace.ModelVersion,
    };
}
