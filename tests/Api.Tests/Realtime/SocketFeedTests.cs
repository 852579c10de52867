using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class SocketFeedTests : FeedConformance
{
    private protected override async Task<FeedClient> OpenAsync(ApiHost node, string key) => await SocketClient.ConnectAsync(node, key);
}
