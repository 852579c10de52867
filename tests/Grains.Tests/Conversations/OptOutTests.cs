using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>What silences the bot in a conversation, and what wakes it.</summary>
public sealed class OptOutTests
{
    private readonly BookFixture _sut = new();

    [Theory]
    [InlineData("STOP")]
    [InlineData(" stop. ")]
    [InlineData("إلغاء")]
    [InlineData("الغاء")]
    public void Receive_WholeMessageOptsOut_CountsAtOnce(string text)
    {
        _sut.Receive("a question");

        _sut.Receive(text);

        _sut.State.OptedOutAt.ShouldBe(_sut.Now);
        _sut.Names.ShouldContain(EventNames.ContactOptedOut);
        _sut.At(8);
        _sut.Tick();
        _sut.State.Batches.ShouldBeEmpty();
        _sut.State.Outbox.Last(one => one.Name == EventNames.BatchCompleted).Batch!.Outcome.ShouldBe("optedOut");
    }

    [Theory]
    [InlineData("please stop by my house")]
    [InlineData("اريد إلغاء الطلب")]
    [InlineData("cancel my order")]
    public void Receive_WordsInsideAMessage_AreAQuestion(string text)
    {
        _sut.Receive(text);
        _sut.State.OptedOutAt.ShouldBeNull();
    }

    [Fact]
    public void Receive_OptOutWhileAReplyWaits_TakesItBack()
    {
        for (var i = 0; i < 5; i++) _sut.Receive();
        _sut.Reply("an answer");

        _sut.Receive("STOP");

        _sut.State.Outgoing.ShouldBeEmpty();
        _sut.State.Outbox.Single(one => one.Name == EventNames.MessageFailed).Message!.Errors.Single().Code.ShouldBe("opted_out");
    }

    [Fact]
    public void Receive_OptInAgain_IsAnsweredAgain()
    {
        _sut.Receive("STOP");
        _sut.At(8);
        _sut.Tick();

        _sut.Receive("START");

        _sut.State.OptedOutAt.ShouldBeNull();
        _sut.Names.ShouldContain(EventNames.ContactOptedIn);
        _sut.At(16);
        _sut.Tick();
        _sut.State.Batches.Single().AttemptStartedAt.ShouldNotBeNull();
    }

    [Fact]
    public void CompleteReply_HandOver_SendsItsWordsAndPauses()
    {
        for (var i = 0; i < 5; i++) _sut.Receive();
        var batch = _sut.State.Batches[0];

        _sut.Book().CompleteReply(new ReplyResult
        {
            BatchId = batch.Id, Attempt = 1, Text = "A colleague will answer.", Outcome = "handover", HandOver = true, HandOverMinutes = 30, IsNews = true,
            Trace = Trace(ReplyPath.Handover),
        }).ShouldBeTrue();

        _sut.State.Outgoing.Single().Record.Text.ShouldBe("A colleague will answer.");
        _sut.State.Pause!.Until.ShouldBe(_sut.Now.AddMinutes(30));
        var told = _sut.State.Outbox.Single(one => one.Name == EventNames.SmartBotReply).Reply!;
        (told.BatchId, told.MessageId, told.Trace.Path).ShouldBe((batch.Id, _sut.State.Outgoing[0].Record.Id, ReplyPath.Handover));
        _sut.BeginSend();
        _sut.Sent();
        var completed = _sut.State.Outbox.Single(one => one.Name == EventNames.BatchCompleted).Batch!;
        completed.Reply!.Path.ShouldBe(ReplyPath.Handover);
        _sut.Receive("more");
        _sut.At(8);
        _sut.Tick();
        _sut.State.Batches.ShouldBeEmpty();
    }

    [Fact]
    public void CompleteReply_Offer_IsRememberedWithTheProvidersId()
    {
        for (var i = 0; i < 5; i++) _sut.Receive();
        _sut.Book().CompleteReply(new ReplyResult
        {
            BatchId = _sut.State.Batches[0].Id, Attempt = 1, Text = "Which?", Outcome = "replied", Offer = new Offer { Buttons = [new OfferButton("rul_1", "One")] },
            DataRequest = new DataRequest(true, ["email"]),
        });
        _sut.BeginSend();
        _sut.Sent("wamid.1");

        var offered = _sut.State.Offers.Single();
        (offered.ProviderMessageId, offered.Offer.Find("rul_1")!.Title).ShouldBe(("wamid.1", "One"));
        _sut.State.DataRequest!.RequestedFields.ShouldBe(["email"]);
    }

    private static ReplyTrace Trace(ReplyPath path) => new() { At = BookFixture.Start, Path = path, Language = "en", Text = "", Reply = "" };
}
