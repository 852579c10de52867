namespace Waqtor.Api.Access;

/// <summary>An open session.</summary>
/// <param name="ExpiresAt">When it ends by itself.</param>
public sealed record BrowserSessionAnswer(DateTimeOffset ExpiresAt);
