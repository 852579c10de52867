namespace Waqtor.Api.Realtime.Transports;

/// <summary>The hub for what the bot answers and learns.</summary>
internal sealed class SmartBotHub(FeedSubscriptions subscriptions, FeedServices services) : FeedHub(subscriptions, services)
{
    private protected override IReadOnlyList<string> OwnTopics => ["smartbot"];
}
