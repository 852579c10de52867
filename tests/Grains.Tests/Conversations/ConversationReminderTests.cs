using Waqtor.Conversations;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>The durable half of a conversation's promises: what is believed of its reminder, and that there is one.</summary>
public sealed class ConversationReminderTests : IAsyncLifetime
{
    private ConversationCluster _sut = null!;
    private bool _remindersFail;
    private int _reminderChanges;

    public async Task InitializeAsync()
    {
        _sut = await ConversationCluster.StartAsync(remindersFail: () =>
        {
            Interlocked.Increment(ref _reminderChanges);
            return _remindersFail;
        });
        await _sut.BurstAsync();
        // Answered and told: its reminder has ended.
        await _sut.AfterAsync(180);
    }

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    /// <summary>Each change is a write of its own: what ticks once a minute after the burst's end is soon enough for its attempt.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Burst_ThatIsDue_RegistersOneReminderAndEndsItWithItsAttempt(bool attemptEnds, int changes)
    {
        _reminderChanges = 0;
        (_sut.Replies.IsSilent, _sut.Replies.Hold) = (attemptEnds, !attemptEnds);
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(20);

        _reminderChanges.ShouldBe(changes);
        _sut.Replies.Release();
    }

    [Fact]
    public async Task Attempt_WhoseProcessDies_IsBegunAgainByTheReminderThatTicksOn()
    {
        _sut.Replies.Hold = true;
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(20);

        await _sut.Cluster.CrashAsync();
        _sut.Replies.Hold = false;
        await _sut.AfterAsync(60);

        _sut.Archive.Batches.Last().ShouldSatisfyAllConditions(
            batch => batch.Status.ShouldBe(BatchStatus.Completed),
            batch => batch.Attempts.ShouldBe(2));
    }

    [Fact]
    public async Task Resting_DecisionThatArchiveDoesNotTake_IsToldAfterACrashWithoutACall()
    {
        _sut.Archive.Refuses = true;
        (await _sut.Conversation.PauseAsync(null)).ShouldBeTrue();
        await _sut.AtRestAsync();

        await _sut.Cluster.CrashAsync();
        _sut.Archive.Refuses = false;
        await _sut.AfterAsync(130);

        _sut.Archive.Events.Any(one => one.Conversation is { Paused: true }).ShouldBeTrue("the archive was told nothing");
    }

    [Fact]
    public async Task Resting_DecisionThatArchiveDoesNotTake_IsToldAfterLeavingMemoryWithoutACall()
    {
        _sut.Archive.Refuses = true;
        (await _sut.Conversation.PauseAsync(null)).ShouldBeTrue();
        await _sut.AtRestAsync();

        await _sut.LeaveMemoryAsync();
        _sut.Archive.Refuses = false;
        await _sut.AfterAsync(130);

        _sut.Archive.Events.Any(one => one.Conversation is { Paused: true }).ShouldBeTrue("the archive was told nothing");
    }

    [Fact]
    public async Task ReceiveReminder_TickOfAnEarlierRegistration_IsNoPromiseOfTheNext()
    {
        // Its reminder is ten minutes away; the tick of the one before it was late.
        (await _sut.Conversation.PauseAsync(_sut.Cluster.Clock.GetUtcNow().AddMinutes(10))).ShouldBeTrue();
        await TickAsync();
        await _sut.AfterAsync(55);
        var opened = _sut.Cluster.Clock.GetUtcNow();
        await _sut.ReceiveAsync();

        await _sut.Cluster.CrashAsync();
        await _sut.AfterAsync(8);

        _sut.Archive.Batches.Last().FlushedAt.ShouldBe(opened.AddSeconds(8));
    }

    [Fact]
    public async Task ReceiveReminder_TickAfterARegistrationThatFailed_IsNoPromiseOfTheNext()
    {
        var until = _sut.Cluster.Clock.GetUtcNow().AddMinutes(10);
        _remindersFail = true;
        await Should.ThrowAsync<IOException>(() => _sut.Conversation.PauseAsync(until));
        _remindersFail = false;
        // Of the one that has ended: it was under way.
        await TickAsync();
        (await _sut.Conversation.PauseAsync(until)).ShouldBeTrue();
        await _sut.AtRestAsync();

        await _sut.Cluster.CrashAsync();
        await _sut.AfterAsync(620);

        _sut.Archive.Events.Last(one => one.Conversation is not null).Conversation!.Paused.ShouldBeFalse("nothing woke it when the pause was over");
    }

    [Fact]
    public async Task Resting_ReminderCannotBeRegistered_NothingIsDecided()
    {
        _sut.Archive.Refuses = true;
        _remindersFail = true;
        await Should.ThrowAsync<IOException>(() => _sut.Conversation.PauseAsync(null));

        await _sut.Cluster.CrashAsync();

        (await _sut.Conversation.GetAsync())!.Conversation.Paused.ShouldBeFalse("its event would wait until somebody calls");
    }

    [Fact]
    public async Task Promise_PutOffWhileItsReminderCannotBeRegistered_IsNotSaidToBeKept()
    {
        var now = _sut.Cluster.Clock.GetUtcNow();
        _remindersFail = true;
        await Should.ThrowAsync<IOException>(() => _sut.Conversation.PauseAsync(now.AddMinutes(10)));

        await Should.ThrowAsync<IOException>(() => _sut.Conversation.PauseAsync(now.AddMinutes(20)), "nothing wakes it after a crash");

        _remindersFail = false;
        (await _sut.Conversation.PauseAsync(now.AddMinutes(20))).ShouldBeTrue();
        await _sut.Cluster.CrashAsync();
        await _sut.AfterAsync(20 * 60 + 20);
        _sut.Archive.Events.Last(one => one.Conversation is not null).Conversation!.Paused.ShouldBeFalse("nothing woke it when the pause was over");
    }

    private Task TickAsync()
    {
        var now = _sut.Cluster.Clock.GetUtcNow().UtcDateTime;
        return _sut.Cluster.Grains.GetGrain<IRemindable>(_sut.Conversation.GetGrainId())
            .ReceiveReminder("work", new TickStatus(now, TimeSpan.FromMinutes(1), now));
    }
}
