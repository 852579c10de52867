using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class BatchLineTests
{
    private readonly BookFixture _sut = new();

    [Fact]
    public void Batch_MessagesDuringProcessing_OpenTheNextBuffer()
    {
        for (var i = 0; i < 5; i++) _sut.Receive();

        _sut.Receive();

        _sut.State.Batches.Count.ShouldBe(1);
        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["m6"]);
    }

    [Fact]
    public void Batch_SecondWhileFirstRuns_WaitsForItsTurn()
    {
        for (var i = 0; i < 10; i++) _sut.Receive();

        _sut.State.Batches.Select(batch => batch.Attempts).ShouldBe([1, 0]);

        _sut.Reply("first");
        _sut.State.Batches[1].Attempts.ShouldBe(0);
        _sut.BeginSend();
        _sut.Sent();

        _sut.State.Batches.Single().Attempts.ShouldBe(1);
        BookFixture.Ids(_sut.State.Batches[0]).ShouldBe(["m6", "m7", "m8", "m9", "m10"]);
    }

    [Fact]
    public void Batch_ReplySent_IsCompleted()
    {
        Burst();
        _sut.Reply("hello");
        _sut.BeginSend();

        _sut.Sent();

        _sut.State.Batches.ShouldBeEmpty();
        Last(EventNames.BatchCompleted).Outcome.ShouldBe("replied");
    }

    [Fact]
    public void Batch_ProcessorFails_IsTriedFourTimesWithGrowingDelaysThenDead()
    {
        Burst();
        var delays = new List<double>();
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            _sut.State.Batches[0].Attempts.ShouldBe(attempt);
            _sut.Reply(null, "boom").ShouldBeTrue();
            if (attempt == 4) break;
            var next = _sut.State.Batches[0].NextAttemptAt!.Value;
            delays.Add((next - _sut.Now).TotalSeconds);
            _sut.Now = next;
            _sut.Tick();
        }

        delays[0].ShouldBeInRange(2, 2.4);
        delays[1].ShouldBeInRange(4, 4.8);
        delays[2].ShouldBeInRange(8, 9.6);
        _sut.State.Batches.ShouldBeEmpty();
        _sut.State.DeadLetters.Single().Error.ShouldBe("boom");
        Last(EventNames.BatchDeadLettered).Status.ShouldBe(BatchStatus.Dead);
    }

    [Fact]
    public void Batch_DeadLetter_DoesNotHoldUpTheNext()
    {
        for (var i = 0; i < 10; i++) _sut.Receive();
        Kill();

        BookFixture.Ids(_sut.State.Batches.Single()).ShouldBe(["m6", "m7", "m8", "m9", "m10"]);
        _sut.State.Batches[0].Attempts.ShouldBe(1);
    }

    [Fact]
    public void Batch_NoAnswerForSixtySeconds_CountsAsAFailedAttempt()
    {
        Burst();
        _sut.At(59.9);
        _sut.Tick();
        _sut.State.Batches[0].AttemptStartedAt.ShouldNotBeNull();

        _sut.At(60);
        _sut.Tick();

        _sut.State.Batches[0].AttemptStartedAt.ShouldBeNull();
        _sut.State.Batches[0].Error!.ShouldContain("60 s");
    }

    [Fact]
    public void Batch_LateResultOfAnEarlierAttempt_IsIgnored()
    {
        Burst();
        var batchId = _sut.State.Batches[0].Id;
        _sut.At(60);
        _sut.Tick();
        _sut.At(70);
        _sut.Tick();

        _sut.Book().CompleteReply(new ReplyResult { BatchId = batchId, Attempt = 1, Text = "late" }).ShouldBeFalse();

        _sut.State.Outgoing.ShouldBeEmpty();
    }

    [Fact]
    public void Batch_SameResultTwice_RepliesOnce()
    {
        Burst();
        var batch = _sut.State.Batches[0];

        _sut.Reply(batch, "hello").ShouldBeTrue();
        _sut.Reply(batch, "hello").ShouldBeFalse();

        _sut.State.Outgoing.Count.ShouldBe(1);
    }

    [Fact]
    public void Batch_InterruptedByACrash_BeginsAnotherAttemptAtOnce()
    {
        Burst();

        _sut.Do(book => book.RestartInterrupted());

        _sut.State.Batches[0].Attempts.ShouldBe(2);
        _sut.State.Batches[0].AttemptStartedAt.ShouldNotBeNull();
    }

    [Fact]
    public void Batch_ThatEndsTheProcessEachTime_IsGivenUp()
    {
        Burst();
        for (var crash = 0; crash < 4; crash++) _sut.Do(book => book.RestartInterrupted());

        _sut.State.Batches.ShouldBeEmpty();
        _sut.State.DeadLetters.Count.ShouldBe(1);
    }

    [Fact]
    public void Batch_ReplyCannotBeSent_IsADeadLetterAfterFourAttempts()
    {
        Burst();
        _sut.Reply("hello");
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            _sut.BeginSend();
            _sut.State.Batches[0].Attempts.ShouldBe(attempt);
            _sut.EndSend(SendOutcome.Retry);
            if (attempt < 4) _sut.Now = _sut.State.Outgoing[0].NotBefore;
        }

        _sut.State.Outgoing.ShouldBeEmpty();
        _sut.State.DeadLetters.Single().Error.ShouldBe("500: Server error");
        _sut.Names.ShouldContain(EventNames.MessageFailed);
    }

    [Fact]
    public void Batch_ReplyRefusedForGood_IsADeadLetterAtOnce()
    {
        Burst();
        _sut.Reply("hello");
        _sut.BeginSend();

        _sut.EndSend(SendOutcome.Final);

        _sut.State.DeadLetters.Count.ShouldBe(1);
    }

    [Fact]
    public void Batch_Replayed_BeginsAnewWithFreshAttempts()
    {
        Burst();
        Kill();
        var id = _sut.State.DeadLetters[0].Id;

        _sut.Book().Replay(id).ShouldBeTrue();

        _sut.State.DeadLetters.ShouldBeEmpty();
        _sut.State.Batches[0].Attempts.ShouldBe(1);
        _sut.Book().Replay(id).ShouldBeFalse();
    }

    [Fact]
    public void Batch_Discarded_IsGone()
    {
        Burst();
        Kill();

        _sut.Book().Discard(_sut.State.DeadLetters[0].Id).ShouldBeTrue();

        _sut.State.DeadLetters.ShouldBeEmpty();
        Last(EventNames.BatchDiscarded).Status.ShouldBe(BatchStatus.Discarded);
    }

    [Fact]
    public void Pause_WhileBatchesCome_CompletesThemUnanswered()
    {
        _sut.Receive();
        _sut.Do(book => book.Pause(null));
        _sut.At(8);

        _sut.Tick();

        _sut.State.Batches.ShouldBeEmpty();
        Last(EventNames.BatchCompleted).Outcome.ShouldBe("paused");
    }

    [Fact]
    public void Pause_DuringProcessing_DropsTheReply()
    {
        Burst();
        _sut.Do(book => book.Pause(null));

        _sut.Reply("too late");

        _sut.State.Outgoing.ShouldBeEmpty();
        Last(EventNames.BatchCompleted).Outcome.ShouldBe("paused");
    }

    [Fact]
    public void Pause_WithTheReplyStillWaiting_TakesItBack()
    {
        Burst();
        _sut.Reply("hello");

        _sut.Do(book => book.Pause(null));

        _sut.State.Outgoing.ShouldBeEmpty();
        _sut.State.DeadLetters.ShouldBeEmpty();
        Last(EventNames.BatchCompleted).Outcome.ShouldBe("paused");
    }

    [Fact]
    public void Pause_UntilATime_EndsByItself()
    {
        _sut.Receive();
        _sut.Do(book => book.Pause(BookFixture.Start.AddSeconds(20)));
        _sut.At(20);

        _sut.Tick();

        _sut.State.Pause.ShouldBeNull();
    }

    [Fact]
    public void Pause_MessageDuringIt_IsNotAnsweredWhenItEndsBeforeTheBuffer()
    {
        _sut.Receive();
        _sut.Do(book => book.Pause(null));
        _sut.At(2);
        _sut.Receive();
        _sut.At(4);
        _sut.Do(book => book.Resume());
        _sut.At(8);

        _sut.Tick();

        _sut.State.Batches.ShouldBeEmpty();
        Last(EventNames.BatchCompleted).Outcome.ShouldBe("paused");
        Last(EventNames.BatchCompleted).ProviderMessageIds.ShouldBe(["m1", "m2"]);
    }

    [Fact]
    public void Pause_MessageAfterIt_IsAnsweredWithoutThoseFromDuringIt()
    {
        _sut.Do(book => book.Introduce("ins_1", "shop", new ContactIdentity { Phone = "5511999990001" }));
        _sut.Do(book => book.Pause(null));
        _sut.Receive();
        _sut.At(2);
        _sut.Do(book => book.Resume());
        _sut.At(3);

        _sut.Receive();

        Last(EventNames.BatchCompleted).Outcome.ShouldBe("paused");
        Last(EventNames.BatchCompleted).ProviderMessageIds.ShouldBe(["m1"]);
        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["m2"]);
        _sut.State.Buffer!.DueAt.ShouldBe(BookFixture.Start.AddSeconds(11));
        _sut.At(11);
        _sut.Tick();
        _sut.State.Batches.Single().Attempts.ShouldBe(1);
    }

    [Fact]
    public void Pause_EndsByItselfBeforeItsTimer_MessageAfterItIsAnswered()
    {
        _sut.Receive();
        _sut.Do(book => book.Pause(BookFixture.Start.AddSeconds(2)));
        _sut.At(3);

        _sut.Receive();

        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["m2"]);
        _sut.State.Pause.ShouldBeNull();
        _sut.At(11);
        _sut.Tick();
        BookFixture.Ids(_sut.State.Batches.Single()).ShouldBe(["m2"]);
    }

    [Fact]
    public void Pause_ThatEndsWhileABatchIsProcessed_DropsItsReplyAndThoseBehindIt()
    {
        for (var i = 0; i < 10; i++) _sut.Receive();
        _sut.Do(book => book.Pause(null));
        _sut.Do(book => book.Resume());

        _sut.Reply("too late");

        _sut.State.Outgoing.ShouldBeEmpty();
        _sut.State.Batches.ShouldBeEmpty();
        _sut.State.Outbox.Count(one => one.Batch?.Outcome == "paused").ShouldBe(2);
    }

    [Fact]
    public void Pause_ThatEndsWhileTheReplyIsBeingSent_CompletesItsBatch()
    {
        Burst();
        _sut.Reply("hello");
        _sut.BeginSend();
        _sut.Do(book => book.Pause(null));
        _sut.Do(book => book.Resume());

        _sut.Sent();

        Last(EventNames.BatchCompleted).Outcome.ShouldBe("replied");
    }

    [Fact]
    public void Pause_BatchThatWasGivenUpSince_IsAnsweredWhenReplayed()
    {
        Burst();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            _sut.Reply(null, "boom");
            _sut.Now = _sut.State.Batches[0].NextAttemptAt!.Value;
            _sut.Tick();
        }

        _sut.Do(book => book.Pause(null));
        _sut.Do(book => book.Resume());
        _sut.Reply(null, "boom");

        _sut.Book().Replay(_sut.State.DeadLetters.Single().Id).ShouldBeTrue();

        _sut.State.Batches.Single().Attempts.ShouldBe(1);
        _sut.Reply("hello").ShouldBeTrue();
        _sut.State.Outgoing.Count.ShouldBe(1);
    }

    [Fact]
    public void BotOff_MessageThen_IsNotAnsweredWhenItIsOnAgainBeforeTheBufferEnds()
    {
        _sut.BotIsOff = true;
        _sut.Receive();
        _sut.BotIsOff = false;
        _sut.At(8);

        _sut.Tick();

        _sut.State.Batches.ShouldBeEmpty();
        Last(EventNames.BatchCompleted).Outcome.ShouldBe("botOff");
    }

    [Fact]
    public void BotOff_MessageWhenItIsOnAgain_IsAnsweredAlone()
    {
        _sut.BotIsOff = true;
        _sut.Receive();
        _sut.BotIsOff = false;
        _sut.At(2);
        _sut.Receive();
        _sut.At(10);

        _sut.Tick();

        BookFixture.Ids(_sut.State.Batches.Single()).ShouldBe(["m2"]);
        _sut.State.Batches[0].Attempts.ShouldBe(1);
    }

    [Fact]
    public void DeadLetters_BeyondTheirLimit_TheOldestIsDiscardedAndSaysWhy()
    {
        _sut.Options.DeadLettersMax = 1;
        Burst();
        Kill();
        var oldest = _sut.State.DeadLetters[0].Id;
        Burst();

        Kill();

        _sut.State.DeadLetters.Single().Id.ShouldNotBe(oldest);
        var told = Last(EventNames.BatchDiscarded);
        told.Id.ShouldBe(oldest);
        told.Status.ShouldBe(BatchStatus.Discarded);
        told.Error!.ShouldContain("boom");
        told.Error!.ShouldContain("dead letters");
    }

    private void Burst()
    {
        for (var i = 0; i < 5; i++) _sut.Receive();
    }

    private void Kill()
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            _sut.Reply(null, "boom");
            if (_sut.State.Batches.FirstOrDefault()?.NextAttemptAt is { } next) _sut.Now = next;
            _sut.Tick();
        }
    }

    private BatchRecord Last(string name) => _sut.State.Outbox.Last(one => one.Name == name).Batch!;
}
