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
        // Kestrel's own endpoints and ports replace the addresses.
        if (configuration.GetSection("Kestrel:Endpoints").Exists() || configuration["http_ports"] is not null) return;
        var reasons = (configuration["urls"] ?? options.Urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Refusal).OfType<string>().ToList();
        if (reasons.Count > 0) throw new StartupException(reasons);
    }

    private static string? Refusal(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return $"Waqtor:Urls: '{url}' is not an address such as http://localhost:8080.";
        }

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
