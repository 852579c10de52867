using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Waqtor.Access;

namespace Waqtor.Api.Access;

/// <summary>
/// Sessions of browsers. The cookie holds a token of 256 random bits, of which only the hash is stored; pages cannot read it,
/// and other sites cannot make a browser send it. A session stands for the key that opened it and ends with it.
/// </summary>
internal sealed class BrowserSessions(
    IGrainFactory grains, ApiKeys keys, AuthenticationFailures failures, TimeProvider clock, IOptions<KeyCheckOptions> options)
{
    public const string CookieName = "waqtor_session";
    private const string Prefix = "wqs_";
    private const int TokenBytes = 32;
    private const int CharactersMax = 64;

    /// <summary>Opens a session for a key and gives the browser its cookie.</summary>
    public async Task<BrowserSessionAnswer> OpenAsync(HttpContext context, string keyHash)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var expiresAt = clock.GetUtcNow().AddMinutes(options.Value.SessionMinutes);
        await grains.GetGrain<IBrowserSessionGrain>(Hash(token)).OpenAsync(new BrowserSession(keyHash, expiresAt));
        context.Response.Cookies.Append(CookieName, token, Cookie(context.Request, expiresAt));
        return new BrowserSessionAnswer(expiresAt);
    }

    /// <summary>Who the request's cookie stands for; null: nobody, not any longer, or the address guesses too much. Wrong ones count as wrong keys do.</summary>
    public async Task<CallerIdentity?> FindAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (failures.WaitOf(address) > TimeSpan.Zero) return null;
        var identity = TokenOf(context.Request) is { } token ? await FindByHashAsync(Hash(token)) : null;
        if (identity is null) failures.Add(address);
        return identity;
    }

    /// <summary>Still open, by the hash of its token.</summary>
    public async Task<bool> IsOpenAsync(string hash) => await grains.GetGrain<IBrowserSessionGrain>(hash).GetAsync() is not null;

    /// <summary>Ends the request's session, if there is one, and takes the cookie back.</summary>
    public async Task CloseAsync(HttpContext context)
    {
        if (context.Request.Cookies.ContainsKey(CookieName) && await FindAsync(context) is { SessionHash: { } hash }) await grains.GetGrain<IBrowserSessionGrain>(hash).CloseAsync();
        context.Response.Cookies.Delete(CookieName, Cookie(context.Request, null));
    }

    private async Task<CallerIdentity?> FindByHashAsync(string hash)
    {
        if (await grains.GetGrain<IBrowserSessionGrain>(hash).GetAsync() is not { } session) return null;
        return await keys.FindByHashAsync(session.KeyHash) is { } caller ? new CallerIdentity(caller, session.KeyHash, hash) : null;
    }

    private static string? TokenOf(HttpRequest request) =>
        request.Cookies.TryGetValue(CookieName, out var token) && token.Length <= CharactersMax && token.StartsWith(Prefix, StringComparison.Ordinal) ? token : null;

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static CookieOptions Cookie(HttpRequest request, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Expires = expiresAt,
        Path = "/",
    };
}
