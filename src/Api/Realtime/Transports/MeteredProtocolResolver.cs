using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>Gives each connection a protocol of its own, which counts.</summary>
internal sealed class MeteredProtocolResolver(IEnumerable<IHubProtocol> protocols, FeedServices services) : IHubProtocolResolver
{
    public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [.. protocols];

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        AllProtocols.FirstOrDefault(protocol => string.Equals(protocol.Name, protocolName, StringComparison.OrdinalIgnoreCase)) is { } found
        && (supportedProtocols is null || supportedProtocols.Contains(protocolName, StringComparer.OrdinalIgnoreCase))
            ? new MeteredProtocol(found, services)
            : null;
}
