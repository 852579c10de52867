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
