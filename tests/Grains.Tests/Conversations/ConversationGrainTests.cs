using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class ConversationGrainTests : IAsyncLifetime
{
    private ConversationCluster _sut = null!;

    public async Task InitializeAsync() => _sut = await ConversationCluster.StartAsync();

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Fact]
    public async Task Flush_EightSecondsAfterTheFirstMessage_ToTheMillisecond()
    {
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(7);
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(0.999);
        _sut.Replies.Requests.ShouldBeEmpty();

        await _sut.AfterAsync(0.001);

        _sut.Replies.Batches.ShouldBe(["m1,m2"]);
        _sut.Sender.Texts.ShouldBe(["re: m1,m2"]);
        _sut.Archive.Batches.Single().FlushedAt.ShouldBe(_sut.Start.AddSeconds(8));
        _sut.Archive.Batches.Single().Reason.ShouldBe(BatchReason.Due);
        _sut.Archive.Batches.Single().Status.ShouldBe(BatchStatus.Completed);
    }

    [Fact]
    public async Task Flush_FifthMessage_AtOnce()
    {
        await _sut.BurstAsync();
        await _sut.AtRestAsync();

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3,m4,m5"]);
        _sut.Archive.Batches.Single().Reason.ShouldBe(BatchReason.Count);
    }

    [Fact]
    public async Task Processing_MessagesMeanwhile_OpenTheNextBufferAndWaitTheirTurn()
    {
        _sut.Replies.Hold = true;
        await _sut.BurstAsync(10);
        await _sut.ReceiveAsync();
        await _sut.AtRestAsync();
        _sut.Replies.Batches.ShouldBe(["m1,m2,m3,m4,m5"]);

        _sut.Replies.Release();
        await _sut.AtRestAsync();
        await _sut.AfterAsync(8);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3,m4,m5", "m6,m7,m8,m9,m10", "m11"]);
        _sut.Replies.RunningMax.ShouldBe(1);
        _sut.Sender.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Processing_OtherConversations_GoOnMeanwhile()
    {
        _sut.Replies.Hold = true;
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        _sut.Replies.Hold = false;

        for (var i = 0; i < 5; i++) await _sut.ReceiveAsync(contact: new ContactIdentity { Phone = "5511999990002" });
        await _sut.AtRestAsync();

        _sut.Sender.Texts.ShouldBe(["re: m6,m7,m8,m9,m10"]);
    }

    [Fact]
    public async Task Processing_Fails_RetriesThreeTimesThenDeadLettersAndGoesOn()
    {
        _sut.Replies.Error = "boom";
        await _sut.BurstAsync(10);
        await _sut.AfterAsync(2 * (1.2 * 14));
        _sut.Replies.Error = null;
        await _sut.AfterAsync(10);

        _sut.Replies.Batches.Count(batch => batch == "m1,m2,m3,m4,m5").ShouldBe(4);
        _sut.Archive.Batches[0].Status.ShouldBe(BatchStatus.Dead);
        _sut.Archive.Batches[0].Error.ShouldBe("boom");
        _sut.Archive.Events.ShouldContain(one => one.Name == EventNames.BatchDeadLettered);
        (await _sut.Conversation.GetAsync())!.Batches.ShouldContain(batch => batch.Status == BatchStatus.Dead);
    }

    [Fact]
    public async Task DeadLetter_Replayed_IsAnswered()
    {
        _sut.Replies.Error = "boom";
        await _sut.BurstAsync();
        await _sut.AfterAsync(20);
        _sut.Replies.Error = null;
        var dead = _sut.Archive.Batches.Single();
        dead.Status.ShouldBe(BatchStatus.Dead);

        (await _sut.Conversation.ReplayAsync(dead.Id)).ShouldBeTrue();
        await _sut.AtRestAsync();

        _sut.Archive.Batches.Single().Status.ShouldBe(BatchStatus.Completed);
        _sut.Sender.Texts.ShouldBe(["re: m1,m2,m3,m4,m5"]);
    }

    [Fact]
    public async Task Processing_HangsForSixtySeconds_CountsAsFailedAndIsTriedAgain()
    {
        _sut.Replies.Hold = true;
        await _sut.BurstAsync();
        await _sut.AfterAsync(60);
        _sut.Replies.Hold = false;

        await _sut.AfterAsync(3);

        _sut.Replies.Requests.Select(request => request.Attempt).ShouldBe([1, 2]);
        _sut.Sender.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Crash_WithABufferOpen_FlushesAtItsTime()
    {
        await _sut.BurstAsync(3);
        await _sut.AfterAsync(5);

        await _sut.Cluster.CrashAsync();
        await _sut.AfterAsync(2.999);
        _sut.Replies.Requests.ShouldBeEmpty();
        await _sut.AfterAsync(0.001);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3"]);
        _sut.Sender.Requests.Count.ShouldBe(1);
        _sut.Archive.Batches.Single().FlushedAt.ShouldBe(_sut.Start.AddSeconds(8));
    }

    [Fact]
    public async Task Crash_WhileTheTimePasses_FlushesWithinASecondOfTheStart()
    {
        await _sut.BurstAsync(3);
        await _sut.AtRestAsync();
        _sut.Cluster.Crash();
        _sut.Cluster.ManualClock!.Advance(TimeSpan.FromSeconds(30));

        await _sut.Cluster.StartSiloAsync();
        await _sut.AfterAsync(1);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3"]);
    }

    [Fact]
    public async Task Crash_DuringProcessing_AnswersOnceMore()
    {
        _sut.Replies.Hold = true;
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        await _sut.Cluster.CrashAsync();
        _sut.Replies.Hold = false;

        await _sut.AfterAsync(10);

        _sut.Replies.Requests.Select(request => request.Attempt).ShouldBe([1, 2]);
        _sut.Sender.Requests.Count.ShouldBe(1);
        _sut.Archive.Batches.Single().Status.ShouldBe(BatchStatus.Completed);
    }

    [Fact]
    public async Task Crash_WhileAReplyWaitsToBeSent_SendsItOnceAfterwards()
    {
        _sut.Sender.Outcome = SendOutcome.Wait;
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        await _sut.Cluster.CrashAsync();
        _sut.Sender.Outcome = SendOutcome.Sent;

        await _sut.AfterAsync(60);

        _sut.Archive.Batches.Single().Outcome.ShouldBe("replied");
        _sut.Archive.Events.Count(one => one.Name == EventNames.MessageSent).ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(250, 0)]
    [InlineData(1, 6)]
    public async Task Crash_WhileMessagesWaitForTheirTurn_SendsThemSoonAfterTheStart(int waiting, int archiveDownSeconds)
    {
        _sut.Sender.Outcome = SendOutcome.Wait;
        await SendAsync(0);
        await _sut.AtRestAsync();
        for (var i = 1; i <= waiting; i++) await SendAsync(i);
        await _sut.AtRestAsync();
        _sut.Sender.Requests.Count.ShouldBe(1);
        await _sut.Cluster.CrashAsync();
        _sut.Sender.Outcome = SendOutcome.Sent;
        _sut.Archive.Refuses = archiveDownSeconds > 0;

        await _sut.Cluster.Grains.GetGrain<IOrphanWatchGrain>(0).StartAsync();
        await _sut.AfterAsync(archiveDownSeconds);
        _sut.Archive.Refuses = false;
        await _sut.AfterAsync(5);

        _sut.Sender.Requests.Select(request => request.Text).Distinct().Count().ShouldBe(waiting + 1);

        async Task SendAsync(int number) => await _sut.Of(Contact(number)).SendTextAsync(new SendTextCommand
        {
            InstanceId = _sut.InstanceId, Instance = "shop", Contact = Contact(number), Text = $"text {number}", IdempotencyKey = "k",
        });

        static ContactIdentity Contact(int number) => new() { Phone = $"55119999{number:0000}" };
    }

    [Fact]
    public async Task Bot_SwitchedOffWhileItsRepliesWait_IsSilent()
    {
        _sut.Sender.Outcome = SendOutcome.Wait;
        await _sut.BurstAsync();
        // By now the sender's copy of the settings is too old.
        await _sut.AfterAsync(6);
        var asked = _sut.Sender.Requests.Count;
        _sut.Sender.Outcome = SendOutcome.Sent;

        await _sut.Cluster.Grains.GetGrain<IInstanceGrain>("shop").UpdateAsync(
            new InstancePatch { Settings = new InstanceSettings { Provider = ProviderKind.Evolution, BotEnabled = false } });
        await _sut.AfterAsync(60);

        _sut.Sender.Requests.Count.ShouldBe(asked);
        (_sut.Archive.Batches.Single().Status, _sut.Archive.Batches.Single().Outcome).ShouldBe((BatchStatus.Completed, "botOff"));
        _sut.Archive.Events.Single(one => one.Name == EventNames.MessageFailed).Message!.Errors[^1].Code.ShouldBe("bot_off");
    }

    [Fact]
    public async Task Bot_SwitchedOffWhileAPersonsMessageWaits_HoldsUpNoPerson()
    {
        _sut.Sender.Outcome = SendOutcome.Wait;
        await _sut.Conversation.SendTextAsync(new SendTextCommand
        {
            InstanceId = _sut.InstanceId, Instance = "shop", Contact = ConversationCluster.Ana, Text = "from a person", IdempotencyKey = "k",
        });
        await _sut.AtRestAsync();
        _sut.Sender.Outcome = SendOutcome.Sent;

        await _sut.Cluster.Grains.GetGrain<IInstanceGrain>("shop").UpdateAsync(
            new InstancePatch { Settings = new InstanceSettings { Provider = ProviderKind.Evolution, BotEnabled = false } });
        await _sut.AfterAsync(60);

        _sut.Archive.Events.Count(one => one.Name == EventNames.MessageSent).ShouldBe(1);
    }

    [Fact]
    public async Task Crash_EveryAcknowledgedIdIsStillKnown()
    {
        await _sut.ReceiveAsync("same");
        await _sut.Cluster.CrashAsync();

        var result = await _sut.ReceiveAsync("same");

        result.ShouldBe(new ReceiveResult(0, 1));
    }

    [Fact]
    public async Task Archive_Down_HoldsEventsAndTellsThemInOrderLater()
    {
        _sut.Archive.Refuses = true;
        await _sut.BurstAsync();
        await _sut.AfterAsync(10);
        _sut.Sender.Requests.Count.ShouldBe(1);
        await _sut.Cluster.CrashAsync();
        _sut.Archive.Refuses = false;

        await _sut.AfterAsync(130);

        _sut.Archive.Events.Where(one => one.Name == EventNames.MessageReceived)
            .Select(one => one.Message!.ProviderMessageId).ShouldBe(["m1", "m2", "m3", "m4", "m5"]);
        _sut.Archive.Batches.Single().Status.ShouldBe(BatchStatus.Completed);
    }

    [Fact]
    public async Task Sending_AnswerLost_IsInDoubtAndSettledByAStatus()
    {
        _sut.Sender.Outcome = SendOutcome.Ambiguous;
        await _sut.BurstAsync();
        await _sut.AfterAsync(120);
        _sut.Sender.Requests.Count.ShouldBe(1);
        var message = _sut.Archive.Events.Last(one => one.Message?.Direction == MessageDirection.Outbound).Message!;
        message.Doubtful.ShouldBeTrue();

        var status = _sut.Cluster.Grains.GetGrain<IMessageStatusGrain>(new MessageStatusKey(_sut.InstanceId, "wamid.1").ToString());
        await status.ApplyAsync("shop", new StatusUpdate
        {
            ProviderMessageId = "wamid.1",
            Status = MessageStatus.Delivered,
            MessageId = message.Id,
            ConversationId = message.ConversationId,
        });
        await _sut.AfterAsync(10);

        _sut.Archive.Events.ShouldContain(one => one.Name == EventNames.MessageSent && one.Message!.Id == message.Id);
        _sut.Archive.Events.ShouldContain(one => one.Name == EventNames.MessageDelivered && one.Message!.Id == message.Id);
    }

    [Fact]
    public async Task Sending_StatusOfAnotherInstance_SettlesNothing()
    {
        _sut.Sender.Outcome = SendOutcome.Ambiguous;
        await _sut.BurstAsync();
        await _sut.AfterAsync(120);
        var message = _sut.Archive.Events.Last(one => one.Message?.Direction == MessageDirection.Outbound).Message!;

        var status = _sut.Cluster.Grains.GetGrain<IMessageStatusGrain>(new MessageStatusKey("ins_other", "wamid.1").ToString());
        await status.ApplyAsync("other", new StatusUpdate
        {
            ProviderMessageId = "wamid.1",
            Status = MessageStatus.Delivered,
            MessageId = message.Id,
            ConversationId = message.ConversationId,
        });
        await _sut.AfterAsync(10);

        _sut.Archive.Events.ShouldNotContain(one => one.Name == EventNames.MessageSent && one.Message!.Id == message.Id);
    }

    [Fact]
    public async Task Sending_StatusesAfterTheAnswer_RaiseTheMessage()
    {
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        var status = _sut.Cluster.Grains.GetGrain<IMessageStatusGrain>(new MessageStatusKey(_sut.InstanceId, "out1").ToString());

        await status.ApplyAsync("shop", new StatusUpdate { ProviderMessageId = "out1", Status = MessageStatus.Read });
        await _sut.AtRestAsync();

        _sut.Archive.Events.Last(one => one.Name == EventNames.MessageRead).Message!.Text.ShouldBe("re: m1,m2,m3,m4,m5");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(366)]
    [InlineData(int.MaxValue)]
    public async Task Pause_ForVeryLong_DisturbsNothingElse(int days)
    {
        await _sut.ReceiveAsync();
        var until = days == int.MaxValue ? DateTimeOffset.MaxValue : _sut.Start.AddDays(days);

        (await _sut.Conversation.PauseAsync(until)).ShouldBeTrue();
        (await _sut.Conversation.MarkReadAsync()).ShouldBeTrue();
        await _sut.LeaveMemoryAsync();
        (await _sut.ReceiveAsync()).Stored.ShouldBe(1);
        await _sut.AfterAsync(20);

        (await _sut.Conversation.MarkReadAsync()).ShouldBeTrue("nothing but the pause waits now");
        (await _sut.Conversation.GetAsync())!.Conversation.PausedUntil.ShouldBe(until);
        _sut.Archive.Batches.Length.ShouldBe(1, "both messages in one burst, shown and not answered");
    }

    [Fact]
    public async Task Pause_Messages_AreStoredAndNotAnswered()
    {
        await _sut.ReceiveAsync();
        (await _sut.Conversation.PauseAsync(null)).ShouldBeTrue();

        await _sut.AfterAsync(20);

        _sut.Replies.Requests.ShouldBeEmpty();
        _sut.Archive.Batches.Single().Outcome.ShouldBe("paused");
        (await _sut.Conversation.ResumeAsync()).ShouldBeTrue();
        await _sut.BurstAsync();
        await _sut.AtRestAsync();
        _sut.Replies.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SendText_SameIdempotencyKey_SendsOnce()
    {
        var command = new SendTextCommand
        {
            InstanceId = _sut.InstanceId, Instance = "shop", Contact = ConversationCluster.Ana, Text = "hello", IdempotencyKey = "k",
        };

        var first = await _sut.Conversation.SendTextAsync(command);
        var second = await _sut.Conversation.SendTextAsync(command);
        await _sut.AtRestAsync();

        second.MessageId.ShouldBe(first.MessageId);
        _sut.Sender.Texts.ShouldBe(["hello"]);
    }

    [Fact]
    public async Task ReceiveMany_OfABurstThatWaited_IsAnsweredOnce()
    {
        var waited = new[] { "a", "b", "c" }.Select((id, i) => _sut.Command(id, ConversationCluster.Ana) with { Waited = TimeSpan.FromSeconds(60 - i) });

        var results = await _sut.Of(ConversationCluster.Ana).ReceiveManyAsync([.. waited]);

        results.ShouldBe([new ReceiveResult(1, 0), new ReceiveResult(1, 0), new ReceiveResult(1, 0)]);
        await _sut.AtRestAsync();
        _sut.Replies.Requests.ShouldHaveSingleItem().Messages.Select(message => message.ProviderMessageId).ShouldBe(["a", "b", "c"]);
        (await _sut.Of(ConversationCluster.Ana).ReceiveManyAsync([.. waited])).Sum(result => result.Duplicates).ShouldBe(3);
    }

    [Fact]
    public async Task ReceiveMany_OfAContactThatMoved_SaysWhereTo()
    {
        var byPhone = new ContactIdentity { Phone = "5511999990009" };
        var byLid = new ContactIdentity { Lid = "777" };
        await _sut.ReceiveAsync(contact: byPhone);
        var phone = ConversationKey.For(_sut.InstanceId, byPhone).ToString();
        await _sut.Of(byLid).MoveToAsync(phone);

        (await _sut.Of(byLid).ReceiveManyAsync([_sut.Command("x", byLid), _sut.Command("y", byLid)])).ShouldHaveSingleItem().MovedTo.ShouldBe(phone);
    }

    [Fact]
    public async Task Contact_KnownByLidThenByPhone_StaysOneConversation()
    {
        var byLid = new ContactIdentity { Lid = "777" };
        var byBoth = new ContactIdentity { Lid = "777", Phone = "5511999990009" };
        await _sut.ReceiveAsync(contact: byLid);
        var lid = ConversationKey.For(_sut.InstanceId, byLid).ToString();
        var phone = ConversationKey.For(_sut.InstanceId, byBoth).ToString();

        var counts = await _sut.Of(byLid).MoveToAsync(phone);

        counts.ShouldBe(lid);
        (await _sut.ReceiveAsync(contact: byBoth)).MovedTo.ShouldBe(lid);
    }

    [Fact]
    public async Task Contact_KnownByPhoneThenByLid_StaysOneConversation()
    {
        var byPhone = new ContactIdentity { Phone = "5511999990009" };
        var byLid = new ContactIdentity { Lid = "777" };
        await _sut.ReceiveAsync(contact: byPhone);
        var phone = ConversationKey.For(_sut.InstanceId, byPhone).ToString();

        (await _sut.Of(byLid).MoveToAsync(phone)).ShouldBe(phone);

        (await _sut.ReceiveAsync(contact: byLid)).MovedTo.ShouldBe(phone);
    }

    [Fact]
    public async Task Idle_ConversationWithNothingToDo_LeavesNoReminder()
    {
        await _sut.BurstAsync();
        await _sut.AfterAsync(180);

        var before = _sut.Archive.Told.Length;
        await _sut.Cluster.CrashAsync();
        await _sut.AfterAsync(180);

        _sut.Archive.Told.Length.ShouldBe(before);
    }
}
