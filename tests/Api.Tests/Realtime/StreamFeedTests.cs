using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class StreamFeedTests(FeedFixture fixture) : FeedConformance(fixture)
{
    private protected override Task<FeedClient> OpenAsync(ApiHost node, string key) => Task.FromResult<FeedClient>(new StreamClient(node, key));
}
