using Microsoft.Extensions.Options;

namespace Waqtor.Api.Realtime;

/// <summary>What every connection needs of its node.</summary>
internal sealed class FeedServices(
    FeedTopics topics, RealtimeMetrics metrics, ClientRates rates, IIdSource ids, TimeProvider clock, IOptions<RealtimeOptions> options)
{
    public FeedTopics Topics { get; } = topics;
    public RealtimeMetrics Metrics { get; } = metrics;
    public ClientRates Rates { get; } = rates;
    public IIdSource Ids { get; } = ids;
    public TimeProvider Clock { get; } = clock;
    public RealtimeOptions Options { get; } = options.Value;
}
