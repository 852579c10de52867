using Waqtor.Deliveries;
using Waqtor.Events;

namespace Waqtor.Grains.Tests.Events;

public sealed class EventTopicsTests
{
    [Theory]
    [InlineData(EventNames.MessageReceived, "shop", "messages,instance:shop")]
    [InlineData(EventNames.ConversationUpdated, "shop", "messages,instance:shop")]
    [InlineData(EventNames.ContactOptedOut, "shop", "messages,instance:shop")]
    [InlineData(EventNames.ConversationFlushed, "shop", "instance:shop,queue:shop")]
    [InlineData(EventNames.BatchCompleted, "shop", "instance:shop,queue:shop")]
    [InlineData(EventNames.BatchDeadLettered, "shop", "system,instance:shop,queue:shop")]
    [InlineData(EventNames.SmartBotReply, "shop", "smartbot,instance:shop")]
    [InlineData(EventNames.SmartBotRuleUpdated, "shop", "smartbot,instance:shop")]
    [InlineData("text_response", "shop", "instance:shop")]
    [InlineData(EventNames.SessionQr, "shop", "session,instance:shop")]
    [InlineData(EventNames.SystemInfo, "", "system")]
    [InlineData(EventNames.Audit, "shop", "")]
    public void Of_Event_NamesItsTopics(string name, string instance, string expected) =>
        string.Join(',', EventTopics.Of(Event(name, instance))).ShouldBe(expected);

    [Fact]
    public void ForFeed_ParkedDelivery_GoesWithoutItsBody()
    {
        var parked = Event(EventNames.DeliveryParked, "shop") with
        {
            Delivery = new DeliveryRecord
            {
                Id = "dlv_1", Instance = "shop", Provider = "cloud", ReceivedAt = DateTimeOffset.UnixEpoch, Bytes = 3,
                Outcome = DeliveryOutcome.Parked, Raw = "???",
            },
        };

        EventTopics.ForFeed(parked).Delivery!.Raw.ShouldBeNull();
    }

    private static DomainEvent Event(string name, string instance) =>
        new() { Id = "evt_1", Name = name, At = DateTimeOffset.UnixEpoch, Instance = instance };
}
