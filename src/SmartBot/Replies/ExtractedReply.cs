namespace Waqtor.SmartBot;

/// <summary>What was found in a model's answer.</summary>
/// <param name="Text">What the customer may read; empty when the answer held nothing for a customer.</param>
/// <param name="NeedsDataCollection">The answer asks to collect data from the customer.</param>
/// <param name="RequestedFields">The fields that it asks for, without doubles.</param>
/// <param name="IsStructured">True when the text came out of JSON, false when the answer was plain.</param>
public sealed record ExtractedReply(string Text, bool NeedsDataCollection, IReadOnlyList<string> RequestedFields, bool IsStructured);
