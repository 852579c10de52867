using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime.Access;

/// <summary>
/// Lets tickets in, once each. A hub's client makes several requests for one connection: it negotiates, then connects, and
/// by long polling asks again and again, with the same address and the same ticket. So a ticket that negotiated goes on to
/// count for the one connection whose secret id those requests carry.
/// </summary>
internal sealed class TicketDoor(Tickets tickets, ApiKeys keys, TimeProvider clock)
{
    private const string HubPath = "/hubs";
    private const string ConnectionQuery = "id";
    private const int NegotiatedMax = 100_000;
    private static readonly TimeSpan NegotiatedFor = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Negotiated> _negotiated = new(StringComparer.Ordinal);

    private sealed record Negotiated(string KeyHash, IPAddress Address, string? ConnectionId, long At);

    public async Task<CallerIdentity?> EnterAsync(string ticket, IPAddress address, HttpRequest request)
    {
        var isOfHub = request.Path.StartsWithSegments(HubPath);
        if (isOfHub && request.Query[ConnectionQuery].ToString() is { Length: > 0 } connection) return await FindAsync(ContinueNegotiated(ticket, address, connection));
        var keyHash = await tickets.RedeemAsync(ticket, address);
        if (keyHash is null) return null;
        if (isOfHub && HttpMethods.IsPost(request.Method)) Keep(ticket, new Negotiated(keyHash, address, null, clock.GetTimestamp()));
        return await FindAsync(keyHash);
    }

    private async Task<CallerIdentity?> FindAsync(string? keyHash) =>
        keyHash is not null && await keys.FindByHashAsync(keyHash) is { } caller ? new CallerIdentity(caller, keyHash) : null;

    // The first request after the negotiation says which connection it is; no other is let in.
    private string? ContinueNegotiated(string ticket, IPAddress address, string connection)
    {
        while (_negotiated.TryGetValue(ticket, out var known))
        {
            if (clock.GetElapsedTime(known.At) > NegotiatedFor || !known.Address.Equals(address)) return null;
            if (known.ConnectionId is not null && known.ConnectionId != connection) return null;
            var next = known with { ConnectionId = connection, At = clock.GetTimestamp() };
            if (_negotiated.TryUpdate(ticket, next, known)) return known.KeyHash;
        }

        return null;
    }

    private void Keep(string ticket, Negotiated negotiated)
    {
        if (_negotiated.Count >= NegotiatedMax) _negotiated.Clear();
        foreach (var (old, known) in _negotiated)
        {
            if (clock.GetElapsedTime(known.At) > NegotiatedFor) _negotiated.TryRemove(old, out _);
        }

        _negotiated[ticket] = negotiated;
    }
}
