using System.Net;

namespace Waqtor.Api.Addresses;

/// <summary>IP addresses and networks.</summary>
internal sealed class AddressList(IReadOnlyList<IPNetwork> networks)
{
    private static readonly char[] Dividers = [';', ',', ' '];

    public IReadOnlyList<IPNetwork> Networks => networks;

    public bool IsEmpty => networks.Count == 0;

    /// <summary>An IPv4 address written as IPv6 is the same address.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in networks)
        {
            if (network.Contains(plain)) return true;
        }

        return false;
    }

    /// <exception cref="FormatException">Not a list of addresses.</exception>
    public static AddressList Parse(string text) =>
        TryParse(text, out var list) ? list! : throw new FormatException("Addresses or networks, divided by semicolons.");

    public static bool TryParse(string text, out AddressList? list)
    {
        list = null;
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(Dividers, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else return false;
        }

        list = new AddressList(networks);
        return true;
    }
}
