using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sending;

/// <summary>Free text and the service window: what was accepted inside it and waited until it closed.</summary>
public sealed class ServiceWindowTests : IAsyncLifetime
{
    private static readonly ContactIdentity Ana = new() { Phone = "5511" };

    private WaqtorCluster _cluster = null!;
    private InstanceRecord _instance = null!;

    private IConversationGrain Sut => _cluster.Grain<IConversationGrain>(ConversationKey.For(_instance.Id, Ana).ToString());

    public async Task InitializeAsync()
    {
        _cluster = await WaqtorCluster.StartAsync();
        _instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud, "meta");
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(120, true)]
    [InlineData(600, false)]
    public async Task Person_WaitsUntilTheWindowCloses_IsNotSent(double secondsLeft, bool isClosed)
    {
        await ReceiveAsync(secondsLeft);
        Throttle();
        await Sut.SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = "meta", Contact = Ana, Text = "hello", IdempotencyKey = "k", EnforceWindow = true,
        });
        await _cluster.AdvanceAsync(1);

        _cluster.Cloud.Answer = null;
        await _cluster.AdvanceAsync(305);

        _cluster.Cloud.Requests.Count.ShouldBe(isClosed ? 1 : 2);
        var told = _cluster.Archive.Single(isClosed ? EventNames.MessageFailed : EventNames.MessageSent).Message!;
        told.Errors[^1].Code.ShouldBe(isClosed ? "window_closed" : "130429");
    }

    [Fact]
    public async Task Bot_WaitsUntilTheWindowCloses_IsNotSentAndItsBatchIsADeadLetter()
    {
        var settings = new InstanceSettings { Provider = ProviderKind.Cloud, FallbackText = "hello" };
        await _cluster.Grain<IInstanceGrain>("meta").UpdateAsync(new InstancePatch { Settings = settings });
        Throttle();
        await ReceiveAsync(secondsLeft: 120);
        await _cluster.AdvanceAsync(10);
        _cluster.Cloud.Requests.Count.ShouldBe(1);

        _cluster.Cloud.Answer = null;
        await _cluster.AdvanceAsync(305);

        _cluster.Cloud.Requests.Count.ShouldBe(1);
        _cluster.Archive.Single(EventNames.BatchDeadLettered).Batch!.Error!.ShouldStartWith("window_closed");
    }

    [Fact]
    public async Task Person_WindowClosedWhileTheDayIsFull_FailsAndTakesNoPlace()
    {
        await _cluster.Grain<IInstanceGrain>("meta").UpdateAsync(
            new InstancePatch { Settings = new InstanceSettings { Provider = ProviderKind.Cloud, ContactsPerDay = 1 } });
        var bob = new ContactIdentity { Phone = "5522" };
        await _cluster.Grain<IConversationGrain>(ConversationKey.For(_instance.Id, bob).ToString()).SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = "meta", Contact = bob, Text = "fills the day", IdempotencyKey = "k",
        });
        await _cluster.AdvanceAsync(1);
        await ReceiveAsync(secondsLeft: 120);
        Throttle();
        await Sut.SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = "meta", Contact = Ana, Text = "hello", IdempotencyKey = "k", EnforceWindow = true,
        });
        await _cluster.AdvanceAsync(1);

        _cluster.Cloud.Answer = null;
        await _cluster.AdvanceAsync(305);

        _cluster.Archive.Single(EventNames.MessageFailed).Message!.Errors[^1].Code.ShouldBe("window_closed");
        _cluster.Storage.Find($"daily-contacts/{_instance.Id}")!.ShouldContain("\"contacts\":1");
    }

    private void Throttle() => _cluster.Cloud.Answer = request => new SendResult
    {
        MessageId = request.MessageId,
        Attempt = request.Attempt,
        Outcome = SendOutcome.Wait,
        RetryAfter = TimeSpan.FromMinutes(5),
        Error = new MessageError("130429", "Too fast"),
    };

    private async Task ReceiveAsync(double secondsLeft) => await Sut.ReceiveAsync(new ReceiveMessages
    {
        InstanceId = _instance.Id,
        Instance = "meta",
        DeliveryId = "dlv_1",
        ReceivedAt = _cluster.Now,
        Messages =
        [
            new InboundMessage
            {
                ProviderMessageId = "in_1", Contact = Ana, Kind = MessageKind.Text, Text = "hi", SentAt = _cluster.Now.AddHours(-24).AddSeconds(secondsLeft),
            },
        ],
        Buffer = new BufferRule(),
    });
}
