namespace Waqtor.Api.Sandbox;

/// <param name="Text">1 to 4,096 characters.</param>
public sealed record TypeRequest(string? Text);
