using Waqtor.Conversations;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Sending;

public sealed class SenderGrainTests : IAsyncLifetime
{
    private WaqtorCluster _cluster = null!;
    private InstanceRecord _instance = null!;

    public async Task InitializeAsync()
    {
        _cluster = await WaqtorCluster.StartAsync();
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

    private async Task SendWithSettingsAfterAsync(double seconds)
    {
        var settings = new HeldAccess();
        _cluster.Storage.Gate = grain => grain == "instance/shop" ? settings.PassAsync() : Task.CompletedTask;
        var ana = new ContactIdentity { Phone = "5511999990001" };
        await _cluster.Grain<IConversationGrain>(ConversationKey.For(_instance.Id, ana).ToString()).SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = "shop", Contact = ana, Text = "hello", IdempotencyKey = "k",
        });
        await settings.WhenMadeAsync("The instance");
        _cluster.Pass(seconds);
        settings.Release();
        await _cluster.WhenIdleAsync();
    }
}
