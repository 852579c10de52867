namespace Waqtor.Api.Instances;

/// <summary>Whether messages are answered.</summary>
public sealed record BotAnswer(bool Enabled);
