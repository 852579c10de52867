using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class SocketFeedTests(FeedFixture fixture) : FeedConformance(fixture)
{
    private protected override async Task<FeedClient> OpenAsync(ApiHost node, string key) => await SocketClient.ConnectAsync(node, key);
}
