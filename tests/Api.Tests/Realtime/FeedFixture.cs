namespace Waqtor.Api.Tests.Realtime;

/// <summary>One server for the tests of a transport: starting one takes longer than most of them.</summary>
public sealed class FeedFixture : IAsyncLifetime
{
    internal FeedWorld World { get; private set; } = null!;

    // Small, so that tests reach the limits.
    public async Task InitializeAsync() => World = await FeedWorld.StartAsync(
        ("Realtime:ReadyEventsMax", "20"), ("Topics:HistoryEventsMax", "700"), ("Topics:ReadEventsMax", "1000"));

    public async Task DisposeAsync() => await World.DisposeAsync();
}
