namespace Waqtor.SmartBot;

/// <summary>A text that no rule answered, or one answered without much confidence.</summary>
/// <param name="Id">The caller's id, such as the message's.</param>
/// <param name="Text">What the customer wrote, personal data already masked.</param>
/// <param name="Count">How often it was seen; 1 by default.</param>
public sealed record UnmatchedText(string Id, string Text, int Count = 1);
