using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Waqtor.Silo.Commands;

namespace Waqtor.Silo.Configuration;

/// <summary>
/// Looks whether the addresses to listen on are free before anything is started: else a first start would make its data
/// and its key, and only then fail. Who takes an address in between still fails, later and less kindly.
/// </summary>
internal static class ListenAddresses
{
    /// <exception cref="StartupException">An address is taken or cannot be read.</exception>
    public static void Check(IConfiguration configuration, SiloOptions options)
    {
        var reasons = FindUnreadable(configuration, options).ToList();
        if (reasons.Count == 0) reasons.AddRange(Addresses(configuration, options).Select(Refusal).OfType<string>());
        if (reasons.Count > 0) throw new StartupException(reasons);
    }

    /// <summary>What is wrong with the addresses themselves, whoever listens on them.</summary>
    public static IEnumerable<string> FindUnreadable(IConfiguration configuration, SiloOptions options) =>
        Addresses(configuration, options).Where(url => Parse(url) is null).Select(url => $"Waqtor:Urls: '{url}' is not an address such as http://localhost:8080, with a port of 0 to 65535.");

    // Kestrel's own endpoints and ports replace the addresses.
    private static string[] Addresses(IConfiguration configuration, SiloOptions options) =>
        configuration.GetSection("Kestrel:Endpoints").Exists() || configuration["http_ports"] is not null
            ? []
            : (configuration["urls"] ?? options.Urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress? Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return IsSound(address) ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // The parser takes what no socket takes: any number for a port, and as a host whatever stands before it.
    private static bool IsSound(BindingAddress address) =>
        address.Scheme is "http" or "https"
        && (address.IsUnixPipe || address.IsNamedPipe
            || (address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort && !string.IsNullOrWhiteSpace(address.Host)
                && (!address.Host.AsSpan().ContainsAny("[]:") || IsAddressInBrackets(address.Host))));

    private static bool IsAddressInBrackets(string host) =>
        host.StartsWith('[') && host.EndsWith(']') && IPAddress.TryParse(host[1..^1], out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6;

    private static string? Refusal(string url)
    {
        var address = Parse(url)!;
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0) return null;
        var ip = address.Host is "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var given) ? given : IPAddress.Any;
        using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(ip, address.Port));
            return null;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return exception.SocketErrorCode == SocketError.AccessDenied
                ? $"Waqtor:Urls: {url} cannot be listened on without more rights."
                : $"Waqtor:Urls: another program listens on {url}. Stop it or choose another address.";
        }
        catch (SocketException)
        {
            // Kestrel says it better, or finds a way.
            return null;
        }
    }
}
