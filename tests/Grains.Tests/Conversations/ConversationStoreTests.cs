using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Waqtor.Conversations;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>A store that is slow, fails, or does what it said it did not: nothing is sent twice, nothing stays untold.</summary>
public sealed class ConversationStoreTests : IAsyncLifetime
{
    private readonly TestStorage _storage = new();
    private ConversationCluster _sut = null!;

    private string Grain => "conversation/" + _sut.Conversation.GetPrimaryKeyString();

    public async Task InitializeAsync()
    {
        _sut = await ConversationCluster.StartAsync(services => services.AddKeyedSingleton<IGrainStorage>(GrainStorageNames.Waqtor, _storage));
        await _sut.BurstAsync();
        // Answered and told: its reminder has ended.
        await _sut.AfterAsync(180);
        _sut.Sender.Requests.Clear();
    }

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Fact]
    public async Task BeginSendAsync_AttemptIsWrittenTooLate_IsNotBegunAndTriedAgainAfterItsTime()
    {
        await SendWithAttemptWrittenAfterAsync(seconds: 1.1);
        _sut.Sender.Requests.ShouldBeEmpty();

        await _sut.AfterAsync(15);

        _sut.Sender.Requests.Select(request => (request.Text, request.Attempt)).ShouldBe([("hello", 2)]);
    }

    [Fact]
    public async Task BeginSendAsync_AttemptIsWrittenSlowly_IsBegun()
    {
        await SendWithAttemptWrittenAfterAsync(seconds: 1);

        _sut.Sender.Requests.Select(request => (request.Text, request.Attempt)).ShouldBe([("hello", 1)]);
    }

    [Fact]
    public async Task PauseAsync_FailedWriteHappensLater_IsTold()
    {
        await LosePauseAsync();
        _storage.Fails = IsConversation;
        await _sut.AfterAsync(3);
        _storage.Arrive().ShouldBeTrue();
        _storage.Fails = Nobody;

        await _sut.AfterAsync(3);

        _sut.Archive.Events.Any(one => one.Conversation is { Paused: true }).ShouldBeTrue("the archive was told nothing");
    }

    [Fact]
    public async Task PauseAsync_FailedWriteComesAfterAnotherOfItsOwn_DoesNotHappen()
    {
        await LosePauseAsync();
        await _sut.AfterAsync(3);

        _storage.Arrive().ShouldBeFalse("its event would be in the store of a conversation that rests");

        (await _sut.Conversation.GetAsync())!.Conversation.Paused.ShouldBeFalse();
    }

    [Fact]
    public async Task PauseAsync_StoreFailsForMinutesAndTheWriteHappensLater_IsToldWithinSeconds()
    {
        // Work that is far away leaves its reminder far away, too: only trying again keeps the conversation in memory.
        (await _sut.Conversation.PauseAsync(_sut.Cluster.Clock.GetUtcNow().AddMinutes(10))).ShouldBeTrue();
        await _sut.AtRestAsync();
        _storage.Loses = IsConversation;
        await Should.ThrowAsync<OrleansException>(() => _sut.Conversation.ResumeAsync());
        (_storage.Loses, _storage.Fails) = (Nobody, IsConversation);
        await _sut.AfterAsync(240);
        _storage.Arrive().ShouldBeTrue();
        _storage.Fails = Nobody;

        await _sut.AfterAsync(3);

        _sut.Archive.Events.Last(one => one.Conversation is not null).Conversation!.Paused.ShouldBeFalse();
    }

    private static bool Nobody(string grain) => false;

    private bool IsConversation(string grain) => grain == Grain;

    private async Task LosePauseAsync()
    {
        _storage.Loses = IsConversation;
        await Should.ThrowAsync<OrleansException>(() => _sut.Conversation.PauseAsync(null));
        _storage.Loses = Nobody;
    }

    // The first write takes the message in, the second begins the attempt.
    private async Task SendWithAttemptWrittenAfterAsync(double seconds)
    {
        await _sut.Conversation.GetAsync();
        var attempt = new HeldAccess();
        var writes = 0;
        _storage.Gate = grain => IsConversation(grain) && ++writes == 2 ? attempt.PassAsync() : Task.CompletedTask;
        await _sut.Conversation.SendTextAsync(new SendTextCommand
        {
            InstanceId = _sut.InstanceId, Instance = "shop", Contact = ConversationCluster.Ana, Text = "hello", IdempotencyKey = "k",
        });
        await attempt.WhenMadeAsync("The attempt");
        _sut.Cluster.ManualClock!.Advance(TimeSpan.FromSeconds(seconds));
        attempt.Release();
        await _sut.AtRestAsync();
    }
}
