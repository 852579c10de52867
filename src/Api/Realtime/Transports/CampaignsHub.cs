namespace Waqtor.Api.Realtime.Transports;

/// <summary>The hub for the progress of campaigns.</summary>
internal sealed class CampaignsHub(FeedSubscriptions subscriptions, FeedServices services) : FeedHub(subscriptions, services)
{
    private protected override IReadOnlyList<string> OwnTopics => ["campaigns"];
}
