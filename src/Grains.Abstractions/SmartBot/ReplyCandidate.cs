namespace Waqtor.SmartBot;

/// <summary>A rule that the customer may have meant.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.reply-candidate")]
public sealed record ReplyCandidate(
    [property: Id(0)] string RuleId,
    [property: Id(1)] string Name,
    /// <summary>0 to 1: the share of such matches that are right.</summary>
    [property: Id(2)] double Confidence,
    /// <summary>The rule's phrase nearest to the text.</summary>
    [property: Id(3)] string Phrase);
