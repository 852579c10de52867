using Microsoft.AspNetCore.Http;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>Meta's verification of a webhook address: <c>GET ?hub.mode=subscribe&amp;hub.verify_token=T&amp;hub.challenge=C</c>.</summary>
public static class MetaHandshake
{
    public const int ChallengeCharactersMax = 1_024;

    /// <summary>
    /// The challenge, to be answered with 200 as plain text. Null, to be answered with 403: no subscription, a wrong
    /// token, no token configured, or no challenge of at most <see cref="ChallengeCharactersMax"/> characters.
    /// </summary>
    public static string? Answer(InstanceCredentials credentials, IQueryCollection query)
    {
        if (string.IsNullOrEmpty(credentials.VerifyToken)) return null;
        if (query["hub.mode"].ToString() != "subscribe") return null;
        if (!Secret.Equal(query["hub.verify_token"].ToString(), credentials.VerifyToken)) return null;
        var challenge = query["hub.challenge"].ToString();
        return challenge.Length is > 0 and <= ChallengeCharactersMax ? challenge : null;
    }
}
