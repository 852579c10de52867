using System.Collections.Immutable;
using Waqtor.SmartBot;

namespace Waqtor.Api.SmartBot;

/// <summary>What the live bot would have done.</summary>
public sealed record TestAnswer
{
    public required string Language { get; init; }
    public string? Dialect { get; init; }
    /// <summary>The nearest rules, best first, at most three.</summary>
    public required ImmutableArray<ReplyCandidate> Top { get; init; }
    public required ReplyPath Path { get; init; }
    public string? RuleId { get; init; }
    public required double Confidence { get; init; }
    /// <summary>Empty: nothing would have been sent.</summary>
    public required string Reply { get; init; }
    /// <summary>Set where the reply has buttons or a list.</summary>
    public InteractiveForm? Interactive { get; init; }
    public required ImmutableArray<ReplyStep> Steps { get; init; }
    public required long ModelVersion { get; init; }

    internal static TestAnswer For(BotTestResult result) => new()
    {
        Language = result.Trace.Language,
        Dialect = result.Trace.Dialect,
        Top = result.Trace.Top,
        Path = result.Trace.Path,
        RuleId = result.Trace.RuleId,
        Confidence = result.Trace.Confidence,
        Reply = result.Reply,
        Interactive = result.Offer is null ? null : InteractiveForm.For(result.Reply, result.Offer),
        Steps = result.Trace.Steps,
        ModelVersion = result.Trace.ModelVersion,
    };
}
