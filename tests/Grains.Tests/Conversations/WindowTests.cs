using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>What opens the service window, and from when.</summary>
public sealed class WindowTests
{
    private readonly BookFixture _sut = new();

    [Theory]
    [InlineData(-90_000, -90_000)]
    [InlineData(-1, -1)]
    [InlineData(60, 0)]
    // No delivery comes that late: the clock it was stamped by is wrong.
    [InlineData(-700_000, 0)]
    public void Window_MessageOfACertainTime_OpensThenAndNotInTheFuture(double sentAt, double openedAt)
    {
        _sut.Receive(sentAt: _sut.Now.AddSeconds(sentAt));

        _sut.State.LastInboundAt.ShouldBe(_sut.Now.AddSeconds(openedAt));
    }

    [Fact]
    public void Window_MessageWithoutATime_OpensWithItsArrival()
    {
        var arrived = _sut.Now;
        var command = _sut.Command(new InboundMessage
        {
            ProviderMessageId = "m1", Contact = new ContactIdentity { Phone = "5511" }, Kind = MessageKind.Text, Text = "hi",
        });
        _sut.At(3_600);

        _sut.Do(book => Waqtor.Conversations.MessageIntake.Receive(book, command with { Waited = TimeSpan.FromHours(1) }));

        _sut.State.LastInboundAt.ShouldBe(arrived);
    }

    [Fact]
    public void Window_OlderMessageThatComesLater_ClosesNothing()
    {
        _sut.Receive(sentAt: _sut.Now);

        _sut.Receive(sentAt: _sut.Now.AddHours(-25));

        _sut.State.LastInboundAt.ShouldBe(_sut.Now);
    }

    [Theory]
    [InlineData(MessageKind.Edited, false)]
    [InlineData(MessageKind.Deleted, false)]
    [InlineData(MessageKind.System, false)]
    [InlineData(MessageKind.Reaction, true)]
    [InlineData(MessageKind.Unsupported, true)]
    [InlineData(MessageKind.Image, true)]
    public void Window_OpensByMessagesOfTheCustomerOnly(MessageKind kind, bool opens)
    {
        _sut.Receive(kind: kind);

        _sut.State.LastInboundAt.ShouldBe(opens ? _sut.Now : null);
    }
}
