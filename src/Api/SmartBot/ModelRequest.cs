namespace Waqtor.Api.SmartBot;

/// <param name="Instance">Name of the instance.</param>
/// <param name="Version">The version whose rules are brought back.</param>
public sealed record ModelRequest(string? Instance, long? Version);
