using Waqtor.Conversations;
using Waqtor.Devices;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Devices;

/// <summary>The whole way of a device's message and of its answer: session, conversation, reply, queue, sender, session, status.</summary>
public sealed class DeviceSessionTests : IAsyncLifetime
{
    private static readonly BufferRule Rule = new();

    // Only against a test that would otherwise hang for ever; nothing is measured with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private WaqtorCluster _cluster = null!;
    private InstanceRecord _instance = null!;
    private DeviceSessionKey _key;

    private IDeviceSessionGrain Sut => _cluster.Grain<IDeviceSessionGrain>(_key.Id);

    public async Task InitializeAsync()
    {
        _cluster = await WaqtorCluster.StartAsync();
        _instance = (await _cluster.Grain<IInstanceGrain>("shop").CreateAsync(
            new InstanceSettings { Provider = ProviderKind.Cloud, FallbackText = "{{messageCount}}: {{text}}" }, new InstanceCredentials { ApiKey = "k" }))!;
        _key = DeviceSessionKey.For(_instance.Id, "kiosk");
        await OpenAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task AcceptAsync_Burst_IsAnsweredOnceToTheDeviceAndNotToTheProvider()
    {
        await AcceptAsync("m-1", 1, "hello");
        await AcceptAsync("m-2", 2, "are you open?");
        await _cluster.AdvanceAsync(12);

        var answer = (await EventsAsync()).Single(one => one.Event == DeviceEventNames.TextResponse);

        (answer.Response, answer.Author).ShouldBe(("2: hello\nare you open?", MessageAuthor.Bot));
        answer.MessageIds.ShouldBe(["m-1", "m-2"]);
        answer.Confidence.ShouldBeNull();
        _cluster.Cloud.Requests.ShouldBeEmpty();
        _cluster.Archive.Single(EventNames.MessageSent).Message!.Text.ShouldBe(answer.Response);
    }

    [Fact]
    public async Task AcceptAsync_SameIdAgain_IsStoredOnceAlsoAfterACrashAndDays()
    {
        (await AcceptAsync("m-1", 1, "hello")).Outcome.ShouldBe(DeviceAcceptOutcome.Stored);
        (await AcceptAsync("m-1", 1, "hello")).Outcome.ShouldBe(DeviceAcceptOutcome.Duplicate);
        await _cluster.CrashAsync();
        await _cluster.AdvanceAsync(8 * 24 * 3_600);

        (await AcceptAsync("m-1", 1, "hello")).Outcome.ShouldBe(DeviceAcceptOutcome.Duplicate);
        (await Sut.HasAsync("m-1")).ShouldBeTrue();
        _cluster.Archive.Events.Count(one => one.Name == EventNames.MessageReceived).ShouldBe(1);
    }

    [Fact]
    public async Task AcceptAsync_WriteFailsAfterTheConversationHasIt_IsStoredOnceByTheNextTry()
    {
        _cluster.Storage.Fails = grain => grain.StartsWith("device-session/", StringComparison.Ordinal);
        await Should.ThrowAsync<Exception>(() => AcceptAsync("m-1", 1, "hello"));
        _cluster.Storage.Fails = _ => false;

        (await AcceptAsync("m-1", 1, "hello")).Outcome.ShouldBe(DeviceAcceptOutcome.Stored);
        await _cluster.AdvanceAsync(1);

        _cluster.Archive.Events.Count(one => one.Name == EventNames.MessageReceived).ShouldBe(1);
    }

    [Fact]
    public async Task AcceptAsync_PlaceThatHasPassed_IsRefused()
    {
        await AcceptAsync("m-2", 2, "second");

        var late = await AcceptAsync("m-1", 1, "first");

        (late.Outcome, late.LastSequence).ShouldBe((DeviceAcceptOutcome.OutOfOrder, 2));
    }

    [Fact]
    public async Task AcceptAsync_SessionClosed_IsRefusedUntilItIsOpenedAgain()
    {
        await Sut.CloseAsync();
        (await AcceptAsync("m-1", 1, "hello")).Outcome.ShouldBe(DeviceAcceptOutcome.Closed);

        var opened = await OpenAsync();

        opened.Opening.ShouldBe(1);
        (await AcceptAsync("m-1", 1, "hello")).Outcome.ShouldBe(DeviceAcceptOutcome.Stored);
    }

    [Fact]
    public async Task ReadEventsAsync_NothingYet_WaitsForTheFirst()
    {
        var waiting = Sut.ReadEventsAsync(0, TimeSpan.FromSeconds(20));
        await AcceptAsync("m-1", 1, "hello");
        await _cluster.WhenIdleAsync();
        waiting.IsCompleted.ShouldBeFalse();

        await _cluster.AdvanceAsync(10);

        (await waiting).Events.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task ReadEventsAsync_NothingComes_AnswersEmptyInTime()
    {
        var waiting = Sut.ReadEventsAsync(0, TimeSpan.FromSeconds(20));
        await _cluster.AdvanceAsync(21);

        var page = await waiting;

        (page.Events.Length, page.LastNumber, page.Missed).ShouldBe((0, 0, false));
    }

    [Fact]
    public async Task ReadEventsAsync_AWriteFails_HoldsNobodyUp()
    {
        var waiting = Sut.ReadEventsAsync(0, TimeSpan.FromSeconds(20));
        await _cluster.WhenIdleAsync();
        _cluster.Storage.Fails = grain => grain.StartsWith("device-session/", StringComparison.Ordinal);
        await Should.ThrowAsync<Exception>(() => AcceptAsync("m-1", 1, "hello"));
        _cluster.Storage.Fails = _ => false;

        // No time passes on the grains' clock.
        (await AcceptAsync("m-1", 1, "hello").WaitAsync(Patience, TimeProvider.System)).Outcome.ShouldBe(DeviceAcceptOutcome.Stored);

        (await waiting).Events.ShouldBeEmpty();
    }

    // A stop goes by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task ReadEventsAsync_TheNodeStops_IsAnsweredAtOnce()
    {
        var waiting = Sut.ReadEventsAsync(0, TimeSpan.FromSeconds(20));
        await _cluster.WhenIdleAsync();

        await _cluster.StopAsync().WaitAsync(Patience, TimeProvider.System);

        (await waiting).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadEventsAsync_DeviceIsAhead_IsToldAgainWhatThereIs()
    {
        await AcceptAsync("m-1", 1, "hello");
        await _cluster.AdvanceAsync(12);
        var all = await EventsAsync();

        var page = await Sut.ReadEventsAsync(all[^1].Number + 1, TimeSpan.FromSeconds(20)).WaitAsync(Patience, TimeProvider.System);

        page.Missed.ShouldBeTrue();
        page.Events.Select(one => one.Number).ShouldBe(all.Select(one => one.Number));
    }

    [Fact]
    public async Task Events_AfterACrash_AreStillThereToBeRead()
    {
        await AcceptAsync("m-1", 1, "hello");
        await _cluster.AdvanceAsync(12);
        var before = await EventsAsync();

        await _cluster.CrashAsync();

        (await EventsAsync()).Select(one => (one.Number, one.Event, one.Response)).ShouldBe(before.Select(one => (one.Number, one.Event, one.Response)));
    }

    [Fact]
    public async Task AcknowledgeAsync_AnAnswer_MarksTheMessageDelivered()
    {
        await AcceptAsync("m-1", 1, "hello");
        await _cluster.AdvanceAsync(12);
        var last = (await EventsAsync())[^1].Number;

        await Sut.AcknowledgeAsync(last);
        await Sut.AcknowledgeAsync(last);

        (await _cluster.UntilToldAsync(EventNames.MessageDelivered)).Message!.Direction.ShouldBe(MessageDirection.Outbound);
        (await Sut.GetAsync())!.AcknowledgedEvent.ShouldBe(last);
    }

    [Fact]
    public async Task AcknowledgeAsync_WhatWasNeverTold_MarksNothing()
    {
        await AcceptAsync("m-1", 1, "hello");
        await _cluster.AdvanceAsync(12);

        await Sut.AcknowledgeAsync((await EventsAsync())[^1].Number + 1);
        await _cluster.AdvanceAsync(5);

        _cluster.Archive.Names.ShouldNotContain(EventNames.MessageDelivered);
        (await Sut.GetAsync())!.AcknowledgedEvent.ShouldBe(0);
    }

    [Fact]
    public async Task SendTextAsync_APersonWritesUnasked_ReachesTheDevice()
    {
        await _cluster.Grain<IConversationGrain>((await Sut.GetAsync())!.ConversationId).SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = "shop", Contact = _key.ToContact("Kiosk"), Text = "May I help you?",
        });
        await _cluster.AdvanceAsync(1);

        var told = (await EventsAsync()).Single();

        (told.Event, told.Response, told.Author).ShouldBe((DeviceEventNames.TextResponse, "May I help you?", MessageAuthor.Person));
        told.MessageIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Batch_WithoutAnAnswer_EndsTheStoryForTheDevice()
    {
        await AcceptAsync("m-1", 1, "hello");
        await _cluster.Grain<IConversationGrain>((await Sut.GetAsync())!.ConversationId).PauseAsync(null);
        await _cluster.AdvanceAsync(12);

        var last = (await EventsAsync())[^1];

        (last.Event, last.Stage, last.Progress).ShouldBe((DeviceEventNames.ProcessingUpdate, "paused", 100));
        last.MessageIds.ShouldBe(["m-1"]);
    }

    [Fact]
    public async Task Feed_OfTheInstance_TellsWhatTheDeviceIsTold()
    {
        await AcceptAsync("m-1", 1, "hello");
        await _cluster.AdvanceAsync(12);

        var page = await _cluster.Grain<Waqtor.Realtime.ITopicGrain>("instance:shop").ReadAsync(null, 0, 100);

        var told = page.Events.Select(one => one.Event).Single(one => one.Name == DeviceEventNames.TextResponse);
        told.ConversationId.ShouldBe((await Sut.GetAsync())!.ConversationId);
        told.NoticeJson!.ShouldContain("\"response\":\"1: hello\"");
    }

    private Task<DeviceSessionRecord> OpenAsync() => Sut.OpenAsync(new OpenDeviceSession
    {
        InstanceId = _instance.Id, Instance = "shop", DeviceId = "kiosk", Name = "Kiosk",
    });

    private Task<DeviceAcceptResult> AcceptAsync(string id, long sequence, string text) => Sut.AcceptAsync(new AcceptDeviceMessage
    {
        MessageId = id, Sequence = sequence, Kind = MessageKind.Text, Text = text, ReceivedAt = _cluster.Now, DeliveryId = "dlv_" + id, Buffer = Rule,
    });

    private async Task<IReadOnlyList<DeviceEvent>> EventsAsync() => (await Sut.ReadEventsAsync(0, TimeSpan.Zero)).Events;
}
