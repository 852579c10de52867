using System.ComponentModel.DataAnnotations;

namespace Waqtor.Api.Addresses;

/// <summary>
/// Load balancers and reverse proxies before the server. From those listed here the client's address (<c>X-Forwarded-For</c>)
/// and whether it came by https (<c>X-Forwarded-Proto</c>) are believed; from everybody else both headers are ignored.
/// </summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>
    /// Addresses and networks of the proxies, divided by semicolons, such as <c>10.0.0.5;10.1.0.0/16</c>. Name nothing that a
    /// client could call from: it could say any address to be its own. Default: none, the headers are ignored.
    /// </summary>
    [AddressList]
    public string Trusted { get; set; } = "";

    /// <summary>
    /// Proxies that a request passes one after the other, 1 to 16: so many entries of <c>X-Forwarded-For</c> are read, from the
    /// last backwards, as long as the address before it is trusted. Default: 1.
    /// </summary>
    [Range(1, 16)]
    public int HopsMax { get; set; } = 1;
}
