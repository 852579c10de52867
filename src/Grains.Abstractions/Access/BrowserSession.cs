namespace Waqtor.Access;

/// <summary>What a session stands for.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.browser-session")]
public sealed record BrowserSession(
    /// <summary>SHA-256 of the API key in lower-case hex; the session ends with the key.</summary>
    [property: Id(0)] string KeyHash,
    [property: Id(1)] DateTimeOffset ExpiresAt);
