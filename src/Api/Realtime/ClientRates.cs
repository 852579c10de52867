using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Waqtor.Api.Addresses;

namespace Waqtor.Api.Realtime;

/// <summary>How much each address sends, over all of its connections.</summary>
internal sealed class ClientRates
{
    private const int AddressesMax = 100_000;
    private const double RefillSeconds = 60;

    private readonly ConcurrentDictionary<IPAddress, Address> _addresses = new();
    private readonly TimeProvider _clock;
    private readonly RealtimeOptions _options;
    private readonly AddressList _trusted;

    public ClientRates(TimeProvider clock, IOptions<RealtimeOptions> options)
    {
        (_clock, _options) = (clock, options.Value);
        _trusted = AddressList.Parse(_options.TrustedAddresses);
    }

    private sealed record Address(TokenBucket Messages, TokenBucket Bytes);

    public TimeProvider Clock => _clock;

    public RealtimeOptions Options => _options;

    public bool IsTrusted(IPAddress address) => _trusted.Contains(address);

    public bool TryTakeMessage(IPAddress address)
    {
        var bucket = Find(address).Messages;
        lock (bucket) return bucket.TryTake(1, _clock);
    }

    public bool TryTakeBytes(IPAddress address, int bytes)
    {
        var bucket = Find(address).Bytes;
        lock (bucket) return bucket.TryTake(bytes, _clock);
    }

    /// <summary>Forgets addresses that have all of theirs again.</summary>
    public void Sweep()
    {
        foreach (var (address, known) in _addresses)
        {
            bool isFull;
            lock (known.Messages) isFull = known.Messages.IsFull(_clock);
            lock (known.Bytes) isFull &= known.Bytes.IsFull(_clock);
            if (isFull) _addresses.TryRemove(address, out _);
        }
    }

    private Address Find(IPAddress address)
    {
        if (_addresses.Count >= AddressesMax) _addresses.Clear();
        return _addresses.GetOrAdd(address, _ => new Address(
            new TokenBucket(_options.AddressMessagesMax, _options.AddressMessagesMax / RefillSeconds, _clock.GetTimestamp()),
            new TokenBucket(_options.AddressBytesPerSecondMax, _options.AddressBytesPerSecondMax, _clock.GetTimestamp())));
    }
}
