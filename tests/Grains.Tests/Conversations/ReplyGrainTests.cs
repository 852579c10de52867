using Microsoft.Extensions.DependencyInjection;
using Waqtor.Conversations;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class ReplyGrainTests : IAsyncLifetime
{
    private static readonly ProcessName Process = new("this one");

    private ConversationCluster _sut = null!;

    public async Task InitializeAsync() => _sut = await ConversationCluster.StartAsync(services => services.AddSingleton(Process));

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Theory]
    [InlineData("this one", 59, 1)]
    [InlineData("this one", 0, 60)]
    [InlineData("another", 59, 60)]
    public async Task ProcessAsync_WaitedForItsWorker_EndsWithItsAttempt(string process, int waited, int endsAfter)
    {
        _sut.Replies.Hold = true;
        await _sut.Cluster.Grains.GetGrain<IReplyGrain>(0).ProcessAsync(Request(new HandOver(process, TimestampOf(-waited))));
        await _sut.AfterAsync(endsAfter - 0.1);
        _sut.Replies.Running.ShouldBe(1);

        await _sut.AfterAsync(0.1);

        _sut.Replies.Running.ShouldBe(0);
    }

    private long TimestampOf(int seconds) => _sut.Cluster.Clock.GetTimestamp() + seconds * _sut.Cluster.Clock.TimestampFrequency;

    private ReplyRequest Request(HandOver handedOver) => new()
    {
        InstanceId = _sut.InstanceId,
        Instance = "shop",
        ConversationId = ConversationKey.For(_sut.InstanceId, ConversationCluster.Ana).ToString(),
        BatchId = "bat_1",
        Attempt = 1,
        Contact = ConversationCluster.Ana,
        Messages = [],
        TimeLeft = TimeSpan.FromSeconds(60),
        HandedOver = handedOver,
    };
}
