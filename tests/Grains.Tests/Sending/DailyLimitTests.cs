using Waqtor.Conversations;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sending;

/// <summary>The limit of contacts a day, from the instance's settings to the provider.</summary>
public sealed class DailyLimitTests : IAsyncLifetime
{
    private const double DaySeconds = 24 * 3_600;
    private const double SliceSeconds = 600;

    private WaqtorCluster _cluster = null!;
    private InstanceRecord _instance = null!;

    private IOutboundGrain Sut => _cluster.Grain<IOutboundGrain>(_instance.Id);

    private string[] Sent => [.. _cluster.Cloud.Requests.Select(request => request.Text).Order(StringComparer.Ordinal)];

    public async Task InitializeAsync()
    {
        _cluster = await WaqtorCluster.StartAsync();
        _instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud, "meta");
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    // A day in steps of the shortest timer: on two silos that takes minutes.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Message_ToOneContactTooMany_WaitsForTheDayAndIsSentThen()
    {
        await LimitAsync(2);
        await SendToAllAsync("a", "b", "c");
        Sent.ShouldBe(["a", "b"]);
        var stats = await Sut.GetStatsAsync();
        (stats.Waiting, stats.WaitingForDay).ShouldBe((1, 1));
        stats.DayFreeAt!.Value.ShouldBeInRange(_cluster.Now.AddSeconds(DaySeconds - 10), _cluster.Now.AddSeconds(DaySeconds + SliceSeconds));

        await _cluster.AdvanceAsync(DaySeconds - 60);
        Sent.ShouldBe(["a", "b"]);
        await _cluster.AdvanceAsync(SliceSeconds + 90);

        Sent.ShouldBe(["a", "b", "c"]);
        (await Sut.GetStatsAsync()).ShouldBe(new OutboundStats(0, 0, null));
    }

    [Fact]
    public async Task Count_AfterACrash_IsWhatItWas()
    {
        await LimitAsync(2);
        await SendToAllAsync("a", "b");

        await _cluster.CrashAsync();
        await SendToAllAsync("c");
        await _cluster.AdvanceAsync(120);

        Sent.ShouldBe(["a", "b"]);
        (await Sut.GetStatsAsync()).WaitingForDay.ShouldBe(1);
    }

    // A day in steps of the shortest timer: on two silos that takes minutes.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Contact_WrittenToAgain_IsTheSameContact()
    {
        await LimitAsync(1);
        await SendToAllAsync("a");
        await _cluster.AdvanceAsync(DaySeconds / 2);
        await _cluster.CrashAsync();

        await SendAsync("a", "a2");
        await _cluster.AdvanceAsync(5);

        Sent.ShouldBe(["a", "a2"]);
    }

    [Fact]
    public async Task Contact_InItsServiceWindow_CostsNothing()
    {
        await LimitAsync(1);
        await ReceiveAsync("a");
        await SendToAllAsync("a", "b");
        Sent.ShouldBe(["a", "b"]);
        _cluster.Storage.Find($"daily-contacts/{_instance.Id}")!.ShouldContain("\"contacts\":1");

        await SendToAllAsync("c");
        Sent.ShouldBe(["a", "b"]);
        await ReceiveAsync("c");
        await _cluster.AdvanceAsync(60);

        Sent.ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Limit_ThatIsChanged_CountsAtOnce()
    {
        await LimitAsync(1);
        await SendToAllAsync("a", "b", "c", "d");
        Sent.ShouldBe(["a"]);

        await LimitAsync(2);
        await _cluster.AdvanceAsync(1);
        Sent.ShouldBe(["a", "b"]);
        await LimitAsync(0);
        await _cluster.AdvanceAsync(1);

        Sent.ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task Instance_WithoutALimit_CountsNothing()
    {
        await SendToAllAsync("a", "b");

        Sent.ShouldBe(["a", "b"]);
        _cluster.Storage.Find($"daily-contacts/{_instance.Id}").ShouldBeNull();
    }

    [Fact]
    public async Task Count_ThatCannotBeStored_HoldsTheMessageUntilItCan()
    {
        await LimitAsync(5);
        _cluster.Storage.Fails = grain => grain.StartsWith("daily-contacts/", StringComparison.Ordinal);
        await SendToAllAsync("a");
        Sent.ShouldBeEmpty();

        _cluster.Storage.Fails = _ => false;
        await _cluster.AdvanceAsync(5);

        Sent.ShouldBe(["a"]);
        _cluster.Storage.Find($"daily-contacts/{_instance.Id}")!.ShouldContain("\"contacts\":1");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public async Task Limit_OutOfItsLimits_IsRefused(int limit) =>
        await Should.ThrowAsync<ArgumentException>(() => LimitAsync(limit));

    private async Task LimitAsync(int contacts) =>
        await _cluster.Grain<IInstanceGrain>("meta").UpdateAsync(new InstancePatch { Settings = _instance.Settings with { ContactsPerDay = contacts } });

    private async Task SendToAllAsync(params string[] contacts)
    {
        // One after another: conversations hand over their messages by themselves, in no order among them.
        foreach (var contact in contacts)
        {
            await SendAsync(contact, contact);
            await _cluster.AdvanceAsync(1);
        }

        await _cluster.AdvanceAsync(5);
    }

    private async Task SendAsync(string contact, string text) => await Conversation(contact).SendTextAsync(new SendTextCommand
    {
        InstanceId = _instance.Id, Instance = "meta", Contact = new ContactIdentity { Phone = Phone(contact) }, Text = text, IdempotencyKey = text,
    });

    private async Task ReceiveAsync(string contact) => await Conversation(contact).ReceiveAsync(new ReceiveMessages
    {
        InstanceId = _instance.Id,
        Instance = "meta",
        DeliveryId = "dlv_" + contact,
        ReceivedAt = _cluster.Now,
        Messages = [new InboundMessage { ProviderMessageId = "in_" + contact, Contact = new ContactIdentity { Phone = Phone(contact) }, Kind = MessageKind.Text, Text = "hi" }],
        Buffer = new BufferRule(),
    });

    private IConversationGrain Conversation(string contact) =>
        _cluster.Grain<IConversationGrain>(ConversationKey.For(_instance.Id, new ContactIdentity { Phone = Phone(contact) }).ToString());

    private static string Phone(string contact) => $"551{contact[0] - 'a'}";
}
