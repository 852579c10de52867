using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>Somebody sets the machine's clock (scenario 11): every window keeps its length, nothing is answered twice.</summary>
// Setting the wall clock beside the timers is a means of the embedded engine: two silos would have one of their own each.
[Trait("Engine", "Embedded")]
public sealed class ClockSetTests : IAsyncLifetime
{
    private ConversationCluster _sut = null!;

    public static TheoryData<double> Hours => new(1, -1);

    public async Task InitializeAsync() => _sut = await ConversationCluster.StartAsync();

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task OpenBuffer_ClockSet_FlushesAfterEightSecondsThatPassed(double hours)
    {
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(3);
        Set(hours);
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(4.999);
        _sut.Replies.Requests.ShouldBeEmpty();

        await _sut.AfterAsync(0.001);

        _sut.Replies.Batches.ShouldBe(["m1,m2"]);
        _sut.Sender.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task OpenBuffer_ClockSetForwardAndBack_FlushesOnce()
    {
        await _sut.ReceiveAsync();
        Set(1);
        await _sut.AfterAsync(2);
        await _sut.ReceiveAsync();
        Set(-1);
        await _sut.AfterAsync(2);
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(30);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3"]);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task IdleConversation_ClockSet_TheNextWindowIsAsLongAndTellsTheNewTime(double hours)
    {
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(60);
        Set(hours);
        var now = _sut.Cluster.Clock.GetUtcNow();
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(7.999);
        _sut.Replies.Batches.ShouldBe(["m1"]);

        await _sut.AfterAsync(0.001);

        _sut.Replies.Batches.ShouldBe(["m1", "m2"]);
        _sut.Archive.Batches.Select(batch => batch.OpenedAt).ShouldBe([_sut.Start, now], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task FailedAttempt_ClockSet_IsTriedAgainAfterItsDelay(double hours)
    {
        _sut.Replies.Error = "boom";
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        _sut.Replies.Error = null;
        Set(hours);
        await _sut.AfterAsync(1.9);
        _sut.Replies.Requests.Count.ShouldBe(1);

        await _sut.AfterAsync(0.6);

        _sut.Replies.Requests.Count.ShouldBe(2);
        _sut.Sender.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task ProviderAskedToWait_ClockSet_SendsAfterTheWait(double hours)
    {
        _sut.Sender.Outcome = SendOutcome.Wait;
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        _sut.Sender.Outcome = SendOutcome.Sent;
        var asked = _sut.Sender.Requests.Count;
        Set(hours);
        await _sut.AfterAsync(3);
        _sut.Sender.Requests.Count.ShouldBe(asked);

        await _sut.AfterAsync(2);

        _sut.Sender.Requests.Count.ShouldBe(asked + 1);
        _sut.Archive.Batches.Single().Outcome.ShouldBe("replied");
    }

    [Fact]
    public async Task OpenBuffer_ClockSetBackWhileDown_IsFlushedSoonAfterTheStart()
    {
        await _sut.BurstAsync(3);
        await _sut.AtRestAsync();
        _sut.Cluster.Crash();
        Set(-1);
        await _sut.Cluster.StartSiloAsync();
        // As the program does at its start.
        await _sut.Cluster.Grains.GetGrain<Waqtor.Conversations.IOrphanWatchGrain>(0).StartAsync();

        await _sut.AfterAsync(15 + 8);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3"]);
    }

    [Fact]
    public async Task OpenBuffer_ClockSetBackWhileDown_NextMessageBringsItAlong()
    {
        await _sut.BurstAsync(3);
        await _sut.AtRestAsync();
        _sut.Cluster.Crash();
        Set(-1);
        await _sut.Cluster.StartSiloAsync();
        await _sut.ReceiveAsync();

        await _sut.AfterAsync(8);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3,m4"]);
    }

    [Fact]
    public async Task RunningAttempt_ClockSetForwardAndConversationBackInMemory_IsNotJoinedByAnother()
    {
        _sut.Replies.Hold = true;
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        await ReturnWithClockSetAsync(1);
        await _sut.AfterAsync(30);
        _sut.Replies.Requests.Count.ShouldBe(1);

        _sut.Replies.Release();
        await _sut.AtRestAsync();

        _sut.Replies.RunningMax.ShouldBe(1);
        _sut.Sender.Texts.ShouldBe(["held answer"]);
    }

    [Fact]
    public async Task MessageWithTheProvider_ClockSetForwardAndConversationBackInMemory_IsNotSentAgain()
    {
        var provider = new TaskCompletionSource();
        _sut.Sender.Gate = provider.Task;
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        await ReturnWithClockSetAsync(1);
        await _sut.AfterAsync(5);
        _sut.Sender.Requests.Count.ShouldBe(1);

        provider.SetResult();
        await _sut.AfterAsync(60);

        _sut.Sender.Requests.Count.ShouldBe(1);
        _sut.Archive.Batches.Single().Outcome.ShouldBe("replied");
    }

    // A conversation in memory counts what has really passed; one that comes back knows only the clock.
    private async Task ReturnWithClockSetAsync(double hours)
    {
        await _sut.LeaveMemoryAsync();
        Set(hours);
        await _sut.Conversation.GetAsync();
    }

    private void Set(double hours) => _sut.Cluster.ManualClock!.ShiftWallClock(TimeSpan.FromHours(hours));
}
