using System.Collections.Immutable;
using NSubstitute;
using Waqtor.Conversations;
using Waqtor.Devices;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Devices;

public sealed class DeviceSessionBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly DeviceSessionState _state = new();

    public DeviceSessionBookTests() => Book().Open(new OpenDeviceSession { InstanceId = "ins_1", Instance = "shop", DeviceId = "kiosk" });

    [Fact]
    public void Deliver_SameMessageAgain_IsToldOnce()
    {
        var request = Request("msg_1", "bat_1");
        Book().Deliver(request);
        var again = Book();
        again.Deliver(request);

        again.Changed.ShouldBeFalse();
        _state.Events.Select(one => one.Number).ShouldBe([1]);
        _state.Outbox.Count.ShouldBe(1);
    }

    [Fact]
    public void NoteBatch_AfterItsAnswer_TellsNothingMore()
    {
        Book().Deliver(Request("msg_1", "bat_1"));
        Book().NoteBatch(EventNames.ConversationFlushed, Batch("bat_1"));
        Book().NoteBatch(EventNames.BatchCompleted, Batch("bat_1") with { Outcome = "replied" });

        _state.Events.Select(one => one.Event).ShouldBe([DeviceEventNames.TextResponse]);
    }

    [Fact]
    public void NoteBatch_Repeated_IsToldOnce()
    {
        for (var i = 0; i < 3; i++) Book().NoteBatch(EventNames.BatchDeadLettered, Batch("bat_1"));

        var told = _state.Events.ShouldHaveSingleItem();
        (told.Event, told.ErrorCode).ShouldBe((DeviceEventNames.ErrorResponse, "batch_dead_lettered"));
        told.MessageIds.ShouldBe(["m-1"]);
    }

    [Fact]
    public void Events_TooMany_LoseTheOldestAndKeepTheirNumbers()
    {
        for (var i = 1; i <= 25; i++) Book(new DeviceSessionOptions { EventsMax = 10 }).Deliver(Request($"msg_{i}", null));

        _state.Events.Select(one => one.Number).ShouldBe(Enumerable.Range(16, 10).Select(number => (long)number));
    }

    [Fact]
    public void Acknowledge_BackOrBeyondTheLast_ChangesNothing()
    {
        Book().Deliver(Request("msg_1", null));
        Book().Deliver(Request("msg_2", null));
        Book().Acknowledge(2);

        foreach (var number in new long[] { 1, 2, 3 })
        {
            var book = Book();
            book.Acknowledge(number);
            book.Changed.ShouldBeFalse();
        }

        Book().Unread(2).ShouldBeEmpty();
    }

    [Fact]
    public void Unread_BeyondTheLast_IsNothing()
    {
        Book().Deliver(Request("msg_1", null));

        Book().Unread(2).ShouldBeEmpty();
        Book().Unread(1).ShouldBe(["msg_1"]);
    }

    [Theory]
    [InlineData("device:dvs_0193b0a0-0000-7000-8000-000000000000", true)]
    [InlineData("device:dvs_x", false)]
    [InlineData("US.1349", false)]
    [InlineData(null, false)]
    public void KeyOf_AContact_IsKnownByItsUserId(string? userId, bool isDevice) =>
        (DeviceSessionKey.Of(new ContactIdentity { UserId = userId, Phone = "1" }) is not null).ShouldBe(isDevice);

    [Fact]
    public void Key_ToString_IsReadBack()
    {
        var key = DeviceSessionKey.For("ins_1", "kiosk");
        DeviceSessionKey.Parse(key.ToString()).ShouldBe(key);
        DeviceSessionKey.Of(key.ToContact("Ana")).ShouldBe(key);
        DeviceSessionKey.For("ins_2", "kiosk").ShouldNotBe(key);
    }

    private DeviceSessionBook Book(DeviceSessionOptions? options = null)
    {
        var ids = Substitute.For<IIdSource>();
        ids.New(Arg.Any<string>()).Returns(call => $"{call.Arg<string>()}_{_state.LastEvent}");
        return new DeviceSessionBook(DeviceSessionKey.For("ins_1", "kiosk").Id, _state, Now, ids, options ?? new DeviceSessionOptions());
    }

    private static SendRequest Request(string messageId, string? batchId) => new()
    {
        InstanceId = "ins_1", Instance = "shop", ConversationId = "cnv_1", MessageId = messageId, Attempt = 1, Contact = new ContactIdentity(), Text = "hi",
        BatchId = batchId, AnsweredProviderMessageIds = ["m-1"],
    };

    private static BatchRecord Batch(string id) => new()
    {
        Id = id, Instance = "shop", ConversationId = "cnv_1", OpenedAt = Now, DueAt = Now, Status = BatchStatus.Processing, ProviderMessageIds = ["m-1"],
    };
}
