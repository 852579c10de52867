namespace Waqtor.SmartBot;

/// <summary>One step on the way to a reply, and what it found.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.reply-step")]
public sealed record ReplyStep(
    /// <summary>In order: <c>normalise</c>, <c>detectLanguage</c>, <c>inboundSafety</c>, <c>match</c>, <c>decide</c>, <c>render</c>, <c>outboundSafety</c>, <c>sendAndLearn</c>.</summary>
    [property: Id(0)] string Name,
    [property: Id(1)] string Result);
