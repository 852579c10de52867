using System.Collections.Frozen;
using System.Net;
using Waqtor.Instances;
using Waqtor.Sending;

namespace Waqtor.WhatsApp;

/// <summary>
/// The one place that sorts providers' errors into wait, retry and final. A known code of the provider decides; else the
/// HTTP status does. Sources: Meta's "Error codes", nyaruka/courier's practice, WAHA's events page.
/// </summary>
public static class ProviderErrorTable
{
    /// <summary>The code of every error that new credentials would cure.</summary>
    public const string AuthCode = "auth";

    private static readonly ProviderError Wait = new(SendOutcome.Wait);
    private static readonly ProviderError WaitForContact = new(SendOutcome.Wait, ContactOnly: true);
    private static readonly ProviderError Retry = new(SendOutcome.Retry);
    private static readonly ProviderError Final = new(SendOutcome.Final);
    private static readonly ProviderError Auth = new(SendOutcome.Final, IsAuth: true);
    private static readonly ProviderError Ambiguous = new(SendOutcome.Ambiguous);

    private static readonly FrozenDictionary<string, ProviderError> Cloud = new Dictionary<string, ProviderError>
    {
        ["4"] = Wait, // application request limit
        ["80007"] = Wait, // rate limit of the business account
        ["130429"] = Wait, // throughput of the number
        ["131048"] = Wait, // spam rate limit
        ["131056"] = WaitForContact, // pair rate: too many to this one user
        ["133016"] = Wait, // account registration limit
        ["1"] = Retry, // unknown API error
        ["2"] = Retry, // API service down
        ["131000"] = Retry, // something went wrong
        ["131016"] = Retry, // service unavailable
        ["131053"] = Retry, // media upload failed
        ["131057"] = Retry, // account in maintenance
        ["133004"] = Retry, // server unavailable
        ["0"] = Auth,
        ["3"] = Auth,
        ["10"] = Auth,
        ["190"] = Auth,
        ["200"] = Auth,
        ["131005"] = Auth,
        ["33"] = Final, // the number was deleted
        ["100"] = Final, // invalid parameter
        ["368"] = Final, // blocked for policy violations
        ["130472"] = Final, // the user is part of an experiment
        ["130497"] = Final, // business not allowed in this country
        ["131008"] = Final, // parameter missing
        ["131009"] = Final, // parameter invalid
        ["131021"] = Final, // to ourselves
        ["131026"] = Final, // undeliverable
        ["131030"] = Final, // not on the test list
        ["131031"] = Final, // account locked
        ["131037"] = Final, // display name not approved
        ["131042"] = Final, // payment
        ["131045"] = Final, // number not registered
        ["131047"] = Final, // outside the 24-hour window
        ["131049"] = Final, // marketing limit of the user
        ["131050"] = Final, // the user stopped marketing messages
        ["131051"] = Final, // unsupported type
        ["131052"] = Final, // media download
        ["133010"] = Final, // number not registered
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ProviderError> Waha = new Dictionary<string, ProviderError>
    {
        ["463"] = Final, // reach-out time lock: no new contacts before a date
        ["475"] = Final, // quota of new contacts used up
        ["session_not_working"] = Retry,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ProviderError> Evolution = new Dictionary<string, ProviderError>
    {
        ["not_on_whatsapp"] = Final,
        ["not_connected"] = Retry,
    }.ToFrozenDictionary();

    /// <param name="provider">Whose error it is.</param>
    /// <param name="code">The provider's own code, or null.</param>
    /// <param name="status">The answer's HTTP status.</param>
    public static ProviderError Sort(ProviderKind provider, string? code, HttpStatusCode status)
    {
        var table = provider switch
        {
            ProviderKind.Cloud => Cloud,
            ProviderKind.Waha => Waha,
            ProviderKind.Evolution => Evolution,
            _ => null,
        };
        if (code is not null && table is not null && table.TryGetValue(code, out var known)) return known;
        return Sort((int)status);
    }

    private static ProviderError Sort(int status) => status switch
    {
        401 or 403 => Auth,
        429 => Wait,
        // Nothing was done with the request: it came too slowly, too early, or while something was locked.
        408 or 423 or 425 => Retry,
        // A proxy gave up waiting for the provider, which may still send.
        504 or 524 => Ambiguous,
        >= 500 and <= 599 => Retry,
        // A redirect is never followed: the credentials would go to another address.
        >= 300 and <= 499 => Final,
        _ => Ambiguous,
    };
}
