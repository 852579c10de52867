using System.Security.Claims;

namespace Waqtor.Api.Access;

/// <summary>Carries the <see cref="Access.Caller"/> through ASP.NET Core's authentication.</summary>
internal sealed class CallerIdentity(Caller caller, string keyHash, string? sessionHash = null)
    : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.KeyId)], ApiKeyAuthenticationHandler.SchemeName)
{
    public Caller Caller { get; } = caller;

    /// <summary>The key's hash, by which a connection that lasts asks whether the key still counts.</summary>
    public string KeyHash { get; } = keyHash;

    /// <summary>The hash of the session's token, asked of in the same way; null: the caller showed the key itself.</summary>
    public string? SessionHash { get; } = sessionHash;

    // A claims identity may be cloned by the framework; the caller goes along.
    public override ClaimsIdentity Clone() => new CallerIdentity(Caller, KeyHash, SessionHash);
}
