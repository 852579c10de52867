using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Realtime;

namespace Waqtor.Grains.Tests.Events;

/// <summary>What readers of the feed get of a conversation's life: with each event the record it is about, and no other.</summary>
public sealed class FeedContentTests : IAsyncLifetime
{
    private static readonly ContactIdentity Customer = new() { Phone = "5511" };

    private WaqtorCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Conversation_WithAllThatIsToldOfIt_TellsOfOneRecordAtATime()
    {
        var instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud, "meta");
        await ReceiveAsync(instance, "hi");
        await _cluster.AdvanceAsync(30);
        await ReceiveAsync(instance, "STOP");
        await _cluster.AdvanceAsync(30);
        await Conversation(instance).PauseAsync(null);
        await _cluster.AdvanceAsync(5);

        var page = await _cluster.Grain<ITopicGrain>("instance:meta").ReadAsync(null, 0, 100);

        var told = page.Events.Select(one => one.Event).Where(one => one.ConversationId is not null);
        told.Select(one => $"{one.Name}: {PartsOf(one)}").Distinct().ShouldBe(
            [
                $"{EventNames.MessageReceived}: message",
                $"{EventNames.ConversationFlushed}: batch",
                $"{EventNames.BatchCompleted}: batch",
                $"{EventNames.ContactOptedOut}: ",
                $"{EventNames.ConversationUpdated}: conversation",
            ],
            ignoreOrder: true);
    }

    private async Task ReceiveAsync(InstanceRecord instance, string text) => await Conversation(instance).ReceiveAsync(new ReceiveMessages
    {
        InstanceId = instance.Id,
        Instance = instance.Name,
        DeliveryId = "dlv_" + text,
        ReceivedAt = _cluster.Now,
        Messages = [new InboundMessage { ProviderMessageId = "in_" + text, Contact = Customer, Kind = MessageKind.Text, Text = text }],
        Buffer = new BufferRule(),
    });

    private IConversationGrain Conversation(InstanceRecord instance) =>
        _cluster.Grain<IConversationGrain>(ConversationKey.For(instance.Id, Customer).ToString());

    private static string PartsOf(DomainEvent told) => string.Join('+', new[]
    {
        told.Message is null ? null : "message", told.Batch is null ? null : "batch", told.Conversation is null ? null : "conversation",
    }.OfType<string>());
}
