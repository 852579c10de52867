using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class HubFeedTests(FeedFixture fixture) : FeedConformance(fixture)
{
    private protected override bool SaysThatItStops => false;

    private protected override async Task<FeedClient> OpenAsync(ApiHost node, string key) => await HubClient.ConnectAsync(node, key);
}
