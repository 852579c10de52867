using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class SendLineTests
{
    private readonly BookFixture _sut = new();

    public SendLineTests()
    {
        _sut.Receive();
        Queue("hello");
    }

    [Fact]
    public void Send_Begin_WritesTheAttemptFirst()
    {
        _sut.BeginSend();

        _sut.State.Outgoing[0].Attempts.ShouldBe(1);
        _sut.State.Outgoing[0].AttemptStartedAt.ShouldBe(_sut.Now);
    }

    [Theory]
    [InlineData(86_399, false)]
    [InlineData(86_400, true)]
    public void Send_OutsideTheServiceWindow_IsRemembered(double seconds, bool isOutside)
    {
        _sut.At(seconds);

        _sut.BeginSend();

        _sut.State.WrittenOutsideWindowAt.ShouldBe(isOutside ? _sut.Now : null);
    }

    [Fact]
    public void Send_SecondTurnForTheSameMessage_IsRefused()
    {
        var id = _sut.BeginSend();

        _sut.Book().BeginSend(id).ShouldBeNull();
    }

    [Fact]
    public void Send_OnlyTheFirstMessage_HasATurn()
    {
        Queue("second");

        _sut.Book().BeginSend(_sut.State.Outgoing[1].Record.Id).ShouldBeNull();
    }

    [Fact]
    public void Send_AnswerLost_IsInDoubtAndNotSentAgain()
    {
        _sut.BeginSend();

        _sut.EndSend(SendOutcome.Ambiguous);

        _sut.State.Outgoing.ShouldBeEmpty();
        _sut.State.Doubtful.Count.ShouldBe(1);
        _sut.State.Outbox[^1].Message!.Doubtful.ShouldBeTrue();
    }

    [Fact]
    public void Send_InDoubt_IsSettledByAStatus()
    {
        var id = _sut.BeginSend();
        _sut.EndSend(SendOutcome.Ambiguous);

        _sut.Book().Settle(id, "wamid.1").ShouldBeTrue();

        _sut.State.Doubtful.ShouldBeEmpty();
        _sut.State.Outbox[^1].Message!.ProviderMessageId.ShouldBe("wamid.1");
    }

    [Fact]
    public void Send_NeverAttempted_IsNotSettledByAStatus()
    {
        _sut.Book().Settle(_sut.State.Outgoing[0].Record.Id, "wamid.1").ShouldBeFalse();

        _sut.State.Outgoing.Count.ShouldBe(1);
    }

    [Fact]
    public void Send_InDoubt_IsSettledByTheEcho()
    {
        _sut.BeginSend();
        _sut.EndSend(SendOutcome.Ambiguous);
        var shown = _sut.State.Sequence;

        _sut.Receive("hello", providerMessageId: "echo1", fromMe: true);

        _sut.State.Doubtful.ShouldBeEmpty();
        _sut.State.Sequence.ShouldBe(shown);
        _sut.State.Outbox[^1].Name.ShouldBe(EventNames.MessageSent);
    }

    [Fact]
    public void Send_EchoAfterTheAnswer_IsADuplicate()
    {
        _sut.BeginSend();
        _sut.Sent("out1");
        var told = _sut.State.Outbox.Count;

        _sut.Receive("hello", providerMessageId: "out1", fromMe: true);

        _sut.State.Outbox.Count.ShouldBe(told);
    }

    [Fact]
    public void Send_WorkerNeverReported_IsSentAgain()
    {
        _sut.BeginSend();
        _sut.Now += _sut.Options.SendReportTimeout;

        _sut.Tick();

        _sut.State.Outgoing[0].AttemptStartedAt.ShouldBeNull();
        _sut.State.Outgoing[0].NotBefore.ShouldBe(_sut.Now);
    }

    [Fact]
    public void Send_PlatformAsksToWait_CostsNoAttempt()
    {
        _sut.BeginSend();

        _sut.EndSend(SendOutcome.Wait);

        _sut.State.Outgoing[0].Attempts.ShouldBe(0);
        _sut.State.Outgoing[0].NotBefore.ShouldBeGreaterThan(_sut.Now);
    }

    /// <summary>Zero is what a date in the past comes to.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(null)]
    public void Send_WaitWithoutALength_IsLongerEachTime(double? retryAfter)
    {
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            _sut.BeginSend();
            _sut.EndSend(SendOutcome.Wait, retryAfter: retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
            waits.Add((_sut.State.Outgoing[0].NotBefore - _sut.Now).TotalSeconds);
            _sut.Now = _sut.State.Outgoing[0].NotBefore;
        }

        waits.ShouldBe([4, 16, 64, 256, 600, 600]);
    }

    [Fact]
    public void Send_WaitOfAGivenLength_IsNeverShorterAndGrowsInTheEnd()
    {
        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            _sut.BeginSend();
            _sut.EndSend(SendOutcome.Wait, retryAfter: TimeSpan.FromSeconds(5));
            waits.Add((_sut.State.Outgoing[0].NotBefore - _sut.Now).TotalSeconds);
            _sut.Now = _sut.State.Outgoing[0].NotBefore;
        }

        waits.ShouldBe([5, 5, 5, 8, 16]);
    }

    [Fact]
    public void Send_AskedToWaitForADay_Fails()
    {
        var attempts = 0;
        while (_sut.State.Outgoing.Count > 0 && attempts++ < 1_000)
        {
            _sut.BeginSend();
            _sut.EndSend(SendOutcome.Wait, code: "131048");
            if (_sut.State.Outgoing is [{ } waiting]) _sut.Now = waiting.NotBefore;
        }

        _sut.State.Outgoing.ShouldBeEmpty();
        attempts.ShouldBeLessThan(200);
        _sut.Elapsed.ShouldBeInRange(TimeSpan.FromHours(24), TimeSpan.FromHours(24.2));
        _sut.State.Outbox[^1].Message!.Errors.Single().Code.ShouldBe("131048");
    }

    [Fact]
    public void Send_AskedToWait_SaysWhy()
    {
        _sut.BeginSend();

        _sut.EndSend(SendOutcome.Wait, code: "131056");

        var told = _sut.State.Outbox[^1];
        told.Name.ShouldBe(EventNames.MessageChanged);
        (told.Message!.Status, told.Message.Errors.Single().Code).ShouldBe((MessageStatus.Pending, "131056"));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(86_400, 600)]
    public void Send_RetryAfterOfAnotherFailure_IsWaitedFor(int retryAfter, int seconds)
    {
        _sut.BeginSend();

        _sut.EndSend(SendOutcome.Retry, code: "503", retryAfter: TimeSpan.FromSeconds(retryAfter));

        _sut.State.Outgoing[0].NotBefore.ShouldBe(_sut.Now.AddSeconds(seconds));
    }

    [Fact]
    public void Send_Failed_KeepsAllReasons()
    {
        foreach (var code in (string[])["http_500", "http_503"])
        {
            _sut.BeginSend();
            _sut.EndSend(SendOutcome.Retry, code: code);
            _sut.Now = _sut.State.Outgoing[0].NotBefore;
        }

        _sut.BeginSend();
        _sut.EndSend(SendOutcome.Final, code: "http_400");

        var failed = _sut.State.Outbox[^1].Message!;
        failed.Errors.Select(error => error.Code).ShouldBe(["http_500", "http_503", "http_400"]);
        failed.History[^1].Errors.Single().Code.ShouldBe("http_400");
    }

    [Fact]
    public void Send_FailedForTooManyReasons_KeepsTheLast()
    {
        _sut.Options.SendErrorsMax = 2;
        foreach (var code in (string[])["1", "2", "3"])
        {
            _sut.BeginSend();
            _sut.EndSend(SendOutcome.Retry, code: code);
            _sut.Now = _sut.State.Outgoing[0].NotBefore;
        }

        _sut.BeginSend();
        _sut.EndSend(SendOutcome.Final, code: "4");

        _sut.State.Outbox[^1].Message!.Errors.Select(error => error.Code).ShouldBe(["1", "4"]);
    }

    [Fact]
    public void Send_InDoubt_SaysWhy()
    {
        _sut.BeginSend();

        _sut.EndSend(SendOutcome.Ambiguous, code: "timeout");

        _sut.State.Doubtful.Single().Record.Errors.Single().Code.ShouldBe("timeout");
        _sut.State.Outbox.Count(one => one.Name == EventNames.MessageChanged).ShouldBe(1);
    }

    [Fact]
    public void Send_ResultOfAnEarlierAttempt_IsIgnored()
    {
        var id = _sut.BeginSend();
        _sut.EndSend(SendOutcome.Retry);
        _sut.Now = _sut.State.Outgoing[0].NotBefore;
        _sut.BeginSend();

        _sut.Book().CompleteSend(new SendResult { MessageId = id, Attempt = 1, Outcome = SendOutcome.Final }).ShouldBeFalse();
    }

    [Fact]
    public void Send_RetriedFourTimes_Fails()
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            _sut.BeginSend();
            _sut.EndSend(SendOutcome.Retry);
            if (attempt < 4) _sut.Now = _sut.State.Outgoing[0].NotBefore;
        }

        var failed = _sut.State.Outbox[^1].Message!;
        failed.Status.ShouldBe(MessageStatus.Failed);
        failed.Errors.Single().Code.ShouldBe("500");
    }

    private void Queue(string text) => _sut.Do(book => book.QueueText(text, MessageAuthor.Person));
}
