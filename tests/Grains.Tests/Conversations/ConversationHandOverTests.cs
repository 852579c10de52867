using Microsoft.Extensions.DependencyInjection;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>Messages that wait for their conversation while its store is slow: their burst is due as if they had not.</summary>
public sealed class ConversationHandOverTests : IAsyncLifetime
{
    private static readonly ProcessName Process = new("this one");

    private ConversationCluster _sut = null!;

    public async Task InitializeAsync() => _sut = await ConversationCluster.StartAsync(services => services.AddSingleton(Process));

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Theory]
    [InlineData("this one", 3)]
    // Of a process that another machine may have started, its timestamps say nothing.
    [InlineData("another", 8)]
    public async Task ReceiveAsync_WaitedForItsTurn_IsDueByWhenItWasHandedOver(string process, int dueIn)
    {
        await _sut.AfterAsync(60);
        var command = Command(process, heldUpFor: 5);

        await _sut.Conversation.ReceiveAsync(command);

        (await DueAsync()).ShouldBe(_sut.Cluster.Clock.GetUtcNow().AddSeconds(dueIn));
    }

    [Fact]
    public async Task ReceiveManyAsync_WaitedForItsTurn_IsDueByWhenItWasHandedOver()
    {
        await _sut.AfterAsync(60);

        await _sut.Conversation.ReceiveManyAsync([Command("this one", heldUpFor: 5)]);

        (await DueAsync()).ShouldBe(_sut.Cluster.Clock.GetUtcNow().AddSeconds(3));
    }

    private async Task<DateTimeOffset?> DueAsync() => (await _sut.Conversation.GetAsync())!.Buffer?.DueAt;

    private ReceiveMessages Command(string process, int heldUpFor) => new()
    {
        InstanceId = _sut.InstanceId,
        Instance = "shop",
        DeliveryId = "dlv_1",
        ReceivedAt = _sut.Cluster.Clock.GetUtcNow().AddSeconds(-heldUpFor),
        Messages = [new InboundMessage { ProviderMessageId = "m1", Contact = ConversationCluster.Ana, Kind = MessageKind.Text, Text = "m1" }],
        Buffer = new BufferRule(),
        HandedOver = new HandOver(process, _sut.Cluster.Clock.GetTimestamp() - (heldUpFor * _sut.Cluster.Clock.TimestampFrequency)),
    };
}
