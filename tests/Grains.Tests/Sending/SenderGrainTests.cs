using Microsoft.Extensions.DependencyInjection;
using Waqtor.Conversations;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sending;

public sealed class SenderGrainTests : IAsyncLifetime
{
    private static readonly ContactIdentity Ana = new() { Phone = "5511999990001" };
    private static readonly ProcessName Process = new("this one");

    private WaqtorCluster _cluster = null!;
    private InstanceRecord _instance = null!;

    public async Task InitializeAsync()
    {
        _cluster = await WaqtorCluster.StartAsync(services => services.AddSingleton(Process));
        _instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud);
        // The settings are in nobody's memory.
        await _cluster.CrashAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task SendAsync_SettingsComeTooLate_IsNotBegunAndTriedAgain()
    {
        await SendWithSettingsAfterAsync(seconds: 2.1);
        _cluster.Cloud.Requests.ShouldBeEmpty();

        await _cluster.AdvanceAsync(5);

        _cluster.Cloud.Requests.Select(request => (request.Text, request.Attempt)).ShouldBe([("hello", 2)]);
    }

    [Fact]
    public async Task SendAsync_SettingsComeSlowly_IsBegun()
    {
        await SendWithSettingsAfterAsync(seconds: 2);

        _cluster.Cloud.Requests.Select(request => (request.Text, request.Attempt)).ShouldBe([("hello", 1)]);
    }

    [Fact]
    public async Task SendAsync_WaitedForItsWorker_IsNotBegun()
    {
        await SendAsync(HandedOver(-2.1));

        _cluster.Cloud.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_WaitedLittle_IsBegun()
    {
        await SendAsync(HandedOver(-1.9));

        _cluster.Cloud.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SendAsync_HandedOverByAnotherProcess_CountsFromItsBeginning()
    {
        await SendAsync(HandedOver(-1_000) with { Process = "another" });

        _cluster.Cloud.Requests.Count.ShouldBe(1);
    }

    private async Task SendAsync(HandOver handedOver)
    {
        await _cluster.Grain<ISenderGrain>(0).SendAsync(Request(handedOver));
        await _cluster.WhenIdleAsync();
    }

    private HandOver HandedOver(double seconds) =>
        new(Process.Value, _cluster.Clock.GetTimestamp() + (long)(seconds * _cluster.Clock.TimestampFrequency));

    private SendRequest Request(HandOver handedOver) => new()
    {
        InstanceId = _instance.Id,
        Instance = "shop",
        ConversationId = ConversationKey.For(_instance.Id, Ana).ToString(),
        MessageId = "msg_1",
        Attempt = 1,
        Contact = Ana,
        Text = "hello",
        HandedOver = handedOver,
    };

    private async Task SendWithSettingsAfterAsync(double seconds)
    {
        var settings = new HeldAccess();
        _cluster.Storage.Gate = grain => grain == "instance/shop" ? settings.PassAsync() : Task.CompletedTask;
        await _cluster.Grain<IConversationGrain>(ConversationKey.For(_instance.Id, Ana).ToString()).SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = "shop", Contact = Ana, Text = "hello", IdempotencyKey = "k",
        });
        await settings.WhenMadeAsync("The instance");
        _cluster.Pass(seconds);
        settings.Release();
        await _cluster.WhenIdleAsync();
    }
}
