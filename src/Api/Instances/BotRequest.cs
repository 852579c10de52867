namespace Waqtor.Api.Instances;

/// <param name="Enabled">Off: messages are stored and shown, not answered. Default: on.</param>
public sealed record BotRequest(bool? Enabled);
