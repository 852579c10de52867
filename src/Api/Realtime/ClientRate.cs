using System.Net;

namespace Waqtor.Api.Realtime;

/// <summary>How much one connection sends, and how often it was too much.</summary>
internal sealed class ClientRate(ClientRates rates, IPAddress address)
{
    private readonly TokenBucket _messages = new(rates.Options.MessagesMax, 1, rates.Clock.GetTimestamp());
    private readonly bool _isTrusted = rates.IsTrusted(address);

    public int Violations { get; private set; }

    /// <summary>What to do with a message of so many bytes.</summary>
    public RateVerdict Take(int bytes)
    {
        if (_isTrusted) return RateVerdict.Pass;
        if (!rates.TryTakeBytes(address, bytes)) return RateVerdict.TooManyBytes;
        lock (_messages)
        {
            if (_messages.TryTake(1, rates.Clock) && rates.TryTakeMessage(address)) return RateVerdict.Pass;
            return ++Violations > rates.Options.ViolationsMax ? RateVerdict.Close : RateVerdict.Warn;
        }
    }
}
