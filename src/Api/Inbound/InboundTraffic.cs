using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Waqtor.Instances;
using Waqtor.Sending;

namespace Waqtor.Api.Inbound;

/// <summary>
/// Tells the outbound queues of numbers how many messages came in, where the platform's limit is for both ways together:
/// once per <see cref="Interval"/> and number, whatever the traffic.
/// </summary>
internal sealed partial class InboundTraffic(IGrainFactory grains, TimeProvider clock, ILogger<InboundTraffic> logger)
{
    /// <summary>The bucket of a number holds a tenth of a second's worth: what is counted less often would be lost in part.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private bool _willTell;

    /// <summary>The last telling; never fails.</summary>
    public Task Telling { get; private set; } = Task.CompletedTask;

    /// <param name="messages">New ones; a repeated delivery is not counted again.</param>
    public void Count(string instanceId, ProviderKind provider, int messages)
    {
        if (provider != ProviderKind.Cloud || messages == 0) return;
        lock (_gate)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, instanceId, out _) += messages;
            if (_willTell) return;
            _willTell = true;
        }

        Telling = TellSoonAsync();
    }

    private async Task TellSoonAsync()
    {
        await Task.Delay(Interval, clock);
        Dictionary<string, int> counts;
        lock (_gate)
        {
            counts = _counts;
            _counts = new Dictionary<string, int>(StringComparer.Ordinal);
            _willTell = false;
        }

        foreach (var (instanceId, messages) in counts)
        {
            try
            {
                await grains.GetGrain<IOutboundGrain>(instanceId).CountInboundAsync(messages);
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception, messages);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Messages} messages that came in were not counted against the limit of their number.")]
    private static partial void LogFailed(ILogger logger, Exception exception, int messages);
}
