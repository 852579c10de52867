using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Messages;

public sealed class MessageStatusGrainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private WaqtorCluster _cluster = null!;

    private IMessageStatusGrain Sut => _cluster.Grain<IMessageStatusGrain>("ins_1/wamid.1");

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task ApplyAsync_BeforeTheLink_IsAppliedWithIt()
    {
        await Sut.ApplyAsync("shop", Update(MessageStatus.Read, 2));
        await Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 1));
        await Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 1));
        await _cluster.WhenIdleAsync();
        _cluster.Archive.Events.ShouldBeEmpty();

        await Sut.LinkAsync(Sent());

        await _cluster.WhenIdleAsync();
        var told = _cluster.Archive.Single(EventNames.MessageRead);
        told.Message!.Status.ShouldBe(MessageStatus.Read);
        told.Status!.MessageId.ShouldBe("msg_1");
        told.ConversationId.ShouldBe("cnv_1");
        _cluster.Archive.Events[^1].Message!.History.Select(line => line.Status).ShouldBe([MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read]);
    }

    [Fact]
    public async Task ApplyAsync_AfterTheLink_TellsEachRiseInOrder()
    {
        await Sut.LinkAsync(Sent());

        await Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 1));
        await Sut.ApplyAsync("shop", Update(MessageStatus.Sent, 0));
        await Sut.ApplyAsync("shop", Update(MessageStatus.Read, 2));
        await Sut.LinkAsync(Sent());

        await _cluster.WhenIdleAsync();
        var events = _cluster.Archive.Events;
        events.Select(one => one.Name).ShouldBe([EventNames.MessageDelivered, EventNames.MessageChanged, EventNames.MessageRead]);
        events[2].Status!.History.Select(line => line.Status).ShouldBe(
            [MessageStatus.Sent, MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read]);
    }

    [Fact]
    public async Task ApplyAsync_StatusesThatComeLate_ReachTheRecordAndNeverLowerIt()
    {
        await Sut.LinkAsync(Sent());
        await Sut.ApplyAsync("shop", Update(MessageStatus.Read, 3));

        await Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 2));
        await Sut.ApplyAsync("shop", Update(MessageStatus.Failed, 4) with { Errors = [new MessageError("131026", "Undeliverable")] });
        await Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 2));

        await _cluster.WhenIdleAsync();
        var events = _cluster.Archive.Events;
        events.Select(one => one.Name).ShouldBe([EventNames.MessageRead, EventNames.MessageChanged, EventNames.MessageChanged]);
        var last = events[2].Message!;
        last.Status.ShouldBe(MessageStatus.Read);
        last.History.Select(line => line.Status).ShouldBe([MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read, MessageStatus.Failed]);
        last.Errors.Single().Code.ShouldBe("131026");
    }

    [Fact]
    public async Task ApplyAsync_Failed_TellsTheReasons()
    {
        await Sut.LinkAsync(Sent());

        await Sut.ApplyAsync("shop", Update(MessageStatus.Failed, 1) with { Errors = [new MessageError("131026", "Undeliverable")] });

        await _cluster.WhenIdleAsync();
        _cluster.Archive.Single(EventNames.MessageFailed).Message!.Errors.Single().Code.ShouldBe("131026");
    }

    [Fact]
    public async Task ApplyAsync_StoreFails_ThrowsAndKeepsNothing()
    {
        await Sut.LinkAsync(Sent());
        _cluster.Storage.Fails = grain => grain.StartsWith("message-status", StringComparison.Ordinal);
        await Should.ThrowAsync<OrleansException>(() => Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 1)));
        _cluster.Storage.Fails = _ => false;

        await Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 1));

        await _cluster.WhenIdleAsync();
        _cluster.Archive.Names.ShouldBe([EventNames.MessageDelivered]);
    }

    [Fact]
    public async Task ApplyAsync_CrashBeforeTheArchive_IsToldByTheReminder()
    {
        _cluster.Archive.IsDown = true;
        await Sut.LinkAsync(Sent());
        await Sut.ApplyAsync("shop", Update(MessageStatus.Delivered, 1));
        await _cluster.CrashAsync();

        _cluster.Archive.IsDown = false;
        await _cluster.AdvanceAsync(180);

        _cluster.Archive.Names.ShouldBe([EventNames.MessageDelivered]);
        _cluster.Storage.Find("message-status/ins_1/wamid.1")!.ShouldContain("\"outbox\":[]");
    }

    [Fact]
    public async Task ApplyAsync_OurIdOfAConversationThatDoesNotKnowIt_IsKeptQuietly()
    {
        var update = Update(MessageStatus.Delivered, 1) with { MessageId = "msg_9", ConversationId = "cnv_9" };

        await Sut.ApplyAsync("shop", update);
        await _cluster.AdvanceAsync(180);

        _cluster.Archive.Events.ShouldBeEmpty();
        _cluster.Storage.Find("message-status/ins_1/wamid.1")!.ShouldNotContain("settleMessageId");
    }

    private static StatusUpdate Update(MessageStatus status, int second) =>
        new() { ProviderMessageId = "wamid.1", Status = status, At = At.AddSeconds(second) };

    private static MessageRecord Sent() => new()
    {
        Id = "msg_1",
        ProviderMessageId = "wamid.1",
        Instance = "shop",
        ConversationId = "cnv_1",
        Direction = MessageDirection.Outbound,
        Kind = MessageKind.Text,
        Text = "hi",
        Status = MessageStatus.Sent,
        Timestamp = At.AddSeconds(-1),
        ReceivedAt = At.AddSeconds(-1),
        Sequence = 1,
        History = [new StatusChange { Status = MessageStatus.Sent, At = At.AddSeconds(-1) }],
    };
}
