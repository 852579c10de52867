namespace Waqtor.Api.Access;

/// <summary>A key to be made.</summary>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="Instances">Names of the instances it may see; none: all.</param>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record KeyRequest(string? Name, string? Role, IReadOnlyList<string>? Instances, DateTimeOffset? ExpiresAt);
