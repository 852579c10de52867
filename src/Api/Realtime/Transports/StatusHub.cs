namespace Waqtor.Api.Realtime.Transports;

/// <summary>The hub for the state of sessions and of the system.</summary>
internal sealed class StatusHub(FeedSubscriptions subscriptions, FeedServices services) : FeedHub(subscriptions, services)
{
    private protected override IReadOnlyList<string> OwnTopics => ["session", "system"];
}
