using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class BufferTests
{
    private readonly BookFixture _sut = new();

    [Fact]
    public void Buffer_FirstMessage_IsDueEightSecondsLater()
    {
        _sut.Receive();

        _sut.State.Buffer!.DueAt.ShouldBe(BookFixture.Start.AddSeconds(8));
    }

    [Fact]
    public void Buffer_FurtherMessages_NeverMoveTheDueTime()
    {
        foreach (var second in new[] { 0, 3, 6, 7.999 })
        {
            _sut.At(second);
            _sut.Receive();
        }

        _sut.State.Buffer!.DueAt.ShouldBe(BookFixture.Start.AddSeconds(8));
        _sut.State.Batches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(7.999, false)]
    [InlineData(8.000, true)]
    public void Buffer_Tick_FlushesAtTheDueTimeAndNotBefore(double second, bool flushed)
    {
        _sut.Receive();
        _sut.At(second);

        _sut.Tick();

        (_sut.State.Buffer is null).ShouldBe(flushed);
        if (flushed) _sut.State.Batches[0].Reason.ShouldBe(BatchReason.Due);
    }

    [Fact]
    public void Buffer_FifthMessage_FlushesAtOnce()
    {
        for (var i = 0; i < 4; i++) _sut.Receive();
        _sut.State.Batches.ShouldBeEmpty();

        _sut.Receive();

        _sut.State.Buffer.ShouldBeNull();
        _sut.State.Batches[0].Reason.ShouldBe(BatchReason.Count);
        BookFixture.Ids(_sut.State.Batches[0]).ShouldBe(["m1", "m2", "m3", "m4", "m5"]);
    }

    [Fact]
    public void Buffer_APauseBetweenMessages_DoesNotFlush()
    {
        _sut.Receive();
        _sut.At(5);
        _sut.Tick();

        _sut.State.Buffer.ShouldNotBeNull();
    }

    [Fact]
    public void Buffer_MessageAtTheDueInstantBeforeTheTimer_OpensTheNext()
    {
        _sut.Receive();
        _sut.At(8);

        _sut.Receive();

        BookFixture.Ids(_sut.State.Batches[0]).ShouldBe(["m1"]);
        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["m2"]);
    }

    [Fact]
    public void Buffer_SevenMessagesInOneDelivery_FlushesFiveAndKeepsTwo()
    {
        var messages = Enumerable.Range(1, 7).Select(i => new InboundMessage
        {
            ProviderMessageId = $"m{i}", Contact = new ContactIdentity { Phone = "1" }, Kind = MessageKind.Text, Text = "x",
        });

        _sut.Do(book => book.Receive(_sut.Command([.. messages])));

        _sut.State.Batches[0].Messages.Count.ShouldBe(5);
        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["m6", "m7"]);
    }

    [Fact]
    public void Buffer_SwitchedOff_MakesEachMessageABatch()
    {
        _sut.Rule = new BufferRule { Enabled = false };

        _sut.Receive();
        _sut.Receive();

        _sut.State.Batches.Select(batch => batch.Reason).ShouldBe([BatchReason.Direct, BatchReason.Direct]);
    }

    [Fact]
    public void Buffer_SwitchedOffWhileOneIsOpen_KeepsTheOrder()
    {
        _sut.Receive();
        _sut.Rule = new BufferRule { Enabled = false };

        _sut.Receive();

        _sut.State.Batches.Select(batch => string.Join(',', BookFixture.Ids(batch))).ShouldBe(["m1", "m2"]);
    }

    [Fact]
    public void Buffer_SpooledDelivery_KeepsItsTime()
    {
        var command = _sut.Command(new InboundMessage
        {
            ProviderMessageId = "late", Contact = new ContactIdentity { Phone = "1" }, Kind = MessageKind.Text,
        });
        _sut.At(3);

        _sut.Do(book => book.Receive(command with { Waited = TimeSpan.FromSeconds(3) }));

        _sut.State.Buffer!.DueAt.ShouldBe(BookFixture.Start.AddSeconds(8));
    }

    [Theory]
    // As they would have been answered had nothing held them up: 8 s from the first of a burst, or with the fifth.
    [InlineData("0 2 4", "m1,m2,m3")]
    [InlineData("0 2 8 9", "m1,m2|m3,m4")]
    [InlineData("0 1 2 3 4 5", "m1,m2,m3,m4,m5|m6")]
    [InlineData("0 20 40", "m1|m2|m3")]
    [InlineData("0 0 0", "m1,m2,m3")]
    public void Receive_DeliveriesThatWaited_AreTheBurstsThatTheyWere(string seconds, string batches)
    {
        _sut.Rule = new BufferRule();
        var commands = Waited(seconds, now: 60);

        _sut.Do(book => book.Receive(commands).Sum(result => result.Stored).ShouldBe(commands.Length));

        string.Join('|', _sut.State.Batches.Select(batch => string.Join(',', BookFixture.Ids(batch)))).ShouldBe(batches);
        _sut.State.Buffer.ShouldBeNull();
    }

    [Fact]
    public void Receive_DeliveriesThatWaited_LeaveOpenWhatIsNotDueYet()
    {
        var commands = Waited("0 54 56", now: 60);

        _sut.Do(book => book.Receive(commands));

        _sut.State.Batches.Select(BookFixture.Ids).ShouldHaveSingleItem().ShouldBe(["m1"]);
        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["m2", "m3"]);
        _sut.State.Buffer!.DueAt.ShouldBe(BookFixture.Start.AddSeconds(62));
    }

    [Fact]
    public void Receive_DeliveriesThatWaited_AnswerEachForItself()
    {
        _sut.Receive(providerMessageId: "m2");
        var commands = Waited("0 1 2", now: 3);

        _sut.Book().Receive(commands).ShouldBe([new ReceiveResult(1, 0), new ReceiveResult(0, 1), new ReceiveResult(1, 0)]);
    }

    [Fact]
    public void Receive_LateDeliveryOfSeveral_IsOneBatch()
    {
        var command = _sut.Command([.. new[] { "a", "b", "c" }.Select(id => new InboundMessage { ProviderMessageId = id, Contact = new ContactIdentity { Phone = "1" }, Kind = MessageKind.Text })]);
        _sut.At(60);

        _sut.Do(book => book.Receive(command with { Waited = TimeSpan.FromSeconds(60) }));

        _sut.State.Batches.Select(BookFixture.Ids).ShouldHaveSingleItem().ShouldBe(["a", "b", "c"]);
    }

    // One delivery of one text at each of these seconds, taken up at another.
    private ImmutableArray<ReceiveMessages> Waited(string seconds, double now)
    {
        var commands = ImmutableArray.CreateBuilder<ReceiveMessages>();
        foreach (var second in seconds.Split(' ').Select(double.Parse))
        {
            _sut.At(second);
            commands.Add(_sut.Command(new InboundMessage
            {
                ProviderMessageId = $"m{commands.Count + 1}", Contact = new ContactIdentity { Phone = "1" }, Kind = MessageKind.Text,
            }) with { Waited = TimeSpan.FromSeconds(now - second) });
        }

        _sut.At(now);
        return commands.ToImmutable();
    }

    [Fact]
    public void Receive_SameProviderId_IsStoredOnce()
    {
        _sut.Receive(providerMessageId: "same");
        var result = _sut.Book().Receive(_sut.Command(new InboundMessage
        {
            ProviderMessageId = "same", Contact = new ContactIdentity { Phone = "1" }, Kind = MessageKind.Text,
        }));

        result.ShouldBe(new ReceiveResult(0, 1));
        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["same"]);
    }

    [Fact]
    public void Receive_SomeOfACommandSeenBefore_SaysWhich()
    {
        _sut.Receive(providerMessageId: "b");

        var result = _sut.Book().Receive(_sut.Command([.. new[] { "a", "b", "c", "a" }.Select(id => new InboundMessage
        {
            ProviderMessageId = id, Contact = new ContactIdentity { Phone = "1" }, Kind = MessageKind.Text,
        })]));

        result.Duplicates.ShouldBe(2);
        result.DuplicateIndexes.ShouldNotBeNull().ShouldBe([1, 3]);
    }

    [Fact]
    public void Receive_SameProviderIdEightDaysLater_IsStillKnown()
    {
        _sut.Receive(providerMessageId: "same");
        _sut.Now += TimeSpan.FromDays(8);
        _sut.Receive(providerMessageId: "other");

        _sut.State.Seen.Contains("same").ShouldBeTrue();
    }

    [Fact]
    public void Receive_AfterTenDays_ForgetsOldIds()
    {
        _sut.Receive(providerMessageId: "same");
        _sut.Now += TimeSpan.FromDays(10);
        _sut.Receive(providerMessageId: "other");

        _sut.State.Seen.Contains("same").ShouldBeFalse();
    }

    [Theory]
    [InlineData(MessageKind.Reaction)]
    [InlineData(MessageKind.Edited)]
    [InlineData(MessageKind.Deleted)]
    [InlineData(MessageKind.System)]
    public void Receive_NoticeAboutAnotherMessage_IsStoredButNotAnswered(MessageKind kind)
    {
        _sut.Receive(kind: kind, target: "unknown");

        _sut.State.Buffer.ShouldBeNull();
        _sut.State.Outbox[0].Message!.Kind.ShouldBe(kind);
        _sut.State.Unread.ShouldBe(0);
    }

    [Fact]
    public void Receive_UnsupportedKind_JoinsTheBurst()
    {
        _sut.Receive(kind: MessageKind.Unsupported);

        _sut.State.Buffer.ShouldNotBeNull();
    }

    [Fact]
    public void Receive_OwnMessage_IsShownAndNotAnswered()
    {
        _sut.Receive("typed on the phone", fromMe: true);

        _sut.State.Buffer.ShouldBeNull();
        _sut.State.Outbox[0].Message!.Author.ShouldBe(MessageAuthor.Phone);
        _sut.State.Unread.ShouldBe(0);
    }

    [Fact]
    public void Receive_Group_IsShownAndNotAnswered()
    {
        _sut.Receive(group: "1203@g.us");

        _sut.State.Buffer.ShouldBeNull();
        _sut.State.Unread.ShouldBe(1);
    }

    [Fact]
    public void Receive_Group_IsNobodyWhoWroteInItAndSaysWhoDid()
    {
        _sut.Receive(group: "1203@g.us");
        _sut.Receive(group: "1203@g.us", fromMe: true);

        _sut.State.Contact.ShouldBe(new ContactIdentity { GroupId = "1203@g.us" });
        _sut.State.Outbox[0].Message!.Writer.ShouldBe(new ContactIdentity { Phone = "5511999990001", Name = "Ana" });
        _sut.State.Outbox[^1].Message!.Writer.ShouldBeNull();
    }

    [Fact]
    public void Receive_OfOne_TheContactIsTheWriter()
    {
        _sut.Receive();

        _sut.State.Outbox[0].Message!.Writer.ShouldBeNull();
    }

    [Fact]
    public void Receive_EditOfAWaitingMessage_ReplacesItsText()
    {
        _sut.Receive("teh price?");

        _sut.Receive("the price?", providerMessageId: "edit", kind: MessageKind.Edited, target: "m1");

        _sut.State.Buffer!.Messages.Single().Text.ShouldBe("the price?");
    }

    [Fact]
    public void Receive_DeletionOfAWaitingMessage_TakesItsTextOutOfTheAnswer()
    {
        _sut.Receive("my card is 1234");

        _sut.Receive(providerMessageId: "del", kind: MessageKind.Deleted, target: "m1");

        _sut.State.Buffer!.Messages.Single().Text.ShouldBeNull();
        BookFixture.Ids(_sut.State.Buffer).ShouldBe(["m1"]);
    }
}
