namespace Waqtor.Api.SmartBot;

/// <summary>A text to be answered without sending anything.</summary>
/// <param name="Instance">Name of the instance.</param>
/// <param name="Text">1 to 4,096 characters; several lines are a burst.</param>
/// <param name="Phone">As if this customer wrote it.</param>
public sealed record TestRequest(string? Instance, string? Text, string? Phone);
