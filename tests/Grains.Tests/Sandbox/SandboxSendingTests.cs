using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sandbox;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sandbox;

/// <summary>The whole way of a message: conversation, queue, sender, sandbox, receipts, statuses, archive.</summary>
public sealed class SandboxSendingTests : IAsyncLifetime
{
    private static readonly ContactIdentity Ana = new() { Phone = "5511", Name = "Ana" };

    private WaqtorCluster _cluster = null!;
    private InstanceRecord _instance = null!;

    private ISandboxGrain Sut => _cluster.Grain<ISandboxGrain>("shop");

    public async Task InitializeAsync()
    {
        _cluster = await WaqtorCluster.StartAsync();
        _instance = await _cluster.MakeInstanceAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task SendTextAsync_SandboxInstance_IsShownDeliveredAndRead()
    {
        var id = await SendAsync("hello");

        await _cluster.UntilToldAsync(EventNames.MessageRead);
        await _cluster.AdvanceAsync(1);

        _cluster.Archive.Events.Where(one => one.Message?.Id == id).Select(one => one.Name).ShouldBe(
            [EventNames.MessageQueued, EventNames.MessageSent, EventNames.MessageDelivered, EventNames.MessageRead], ignoreOrder: true);
        (await Sut.ListPhonesAsync()).Single().Name.ShouldBe("Ana");
        var shown = (await Sut.ReadScreenAsync("5511"))!.Value.Single();
        (shown.Text, shown.Status, shown.FromCustomer).ShouldBe(("hello", MessageStatus.Read, false));
    }

    [Fact]
    public async Task Instance_MadeAgainUnderItsName_HasNoPhonesScreensOrFaultsOfTheOldOne()
    {
        await SendAsync("of the old one");
        await _cluster.AdvanceAsync(10);
        await Sut.SetFaultsAsync(new SandboxFaults { RejectAll = true });
        await _cluster.Grain<IInstanceGrain>("shop").DeleteAsync();

        _instance = await _cluster.MakeInstanceAsync();

        (await Sut.ListPhonesAsync()).ShouldBeEmpty();
        (await Sut.GetFaultsAsync()).ShouldBe(new SandboxFaults());
        await SendAsync("of the new one");
        await _cluster.AdvanceAsync(10);
        (await Sut.ReadScreenAsync("5511"))!.Value.Select(shown => shown.Text).ShouldBe(["of the new one"]);
    }

    [Fact]
    public async Task SendTextAsync_ThatMentions_IsShownAndToldWithItsMentions()
    {
        await SendAsync("@5512 look", mentioned: ["5512", "693@lid"]);
        await SendAsync("nobody");
        await _cluster.AdvanceAsync(10);

        (await Sut.ReadScreenAsync("5511"))!.Value.Select(shown => shown.MentionedIds?.Length).ShouldBe([2, null]);
        var told = _cluster.Archive.Events.Last(one => one.Message?.Text == "@5512 look" && one.Name == EventNames.MessageSent).Message!;
        told.Content!.MentionedIds!.Value.ShouldBe(["5512", "693@lid"]);
    }

    [Fact]
    public async Task SendTextAsync_ManyTexts_KeepTheirOrder()
    {
        for (var i = 0; i < 20; i++) await SendAsync($"text {i}");

        await _cluster.AdvanceAsync(10);

        (await Sut.ReadScreenAsync("5511"))!.Value.Select(shown => shown.Text).ShouldBe(Enumerable.Range(0, 20).Select(i => $"text {i}"));
    }

    [Fact]
    public async Task SendTextAsync_AnswerLost_IsSettledByTheReceiptAndSentOnce()
    {
        await Sut.SetFaultsAsync(new SandboxFaults { TimeoutRate = 1, LatencyMilliseconds = 200 });

        await SendAsync("hello");
        await _cluster.AdvanceAsync(60);

        _cluster.Archive.Names.Where(name => name.StartsWith("message.", StringComparison.Ordinal)).ShouldBe(
            [EventNames.MessageQueued, EventNames.MessageChanged, EventNames.MessageSent, EventNames.MessageDelivered, EventNames.MessageRead],
            ignoreOrder: true);
        _cluster.Archive.Single(EventNames.MessageChanged).Message!.Doubtful.ShouldBeTrue();
        _cluster.Archive.Single(EventNames.MessageRead).Message!.Doubtful.ShouldBeFalse();
        (await Sut.ReadScreenAsync("5511"))!.Value.Length.ShouldBe(1);
    }

    [Fact]
    public async Task SendTextAsync_SandboxRefuses_Fails()
    {
        await Sut.SetFaultsAsync(new SandboxFaults { RejectAll = true });

        await SendAsync("hello");

        (await _cluster.UntilToldAsync(EventNames.MessageFailed)).Message!.Errors.Single().Code.ShouldBe("sandbox_rejected");
    }

    [Fact]
    public async Task SendTextAsync_InstanceDeleted_Fails()
    {
        await _cluster.Grain<IInstanceGrain>("shop").DeleteAsync();

        await SendAsync("hello");

        (await _cluster.UntilToldAsync(EventNames.MessageFailed)).Message!.Errors.Single().Code.ShouldBe("instance_deleted");
    }

    [Fact]
    public async Task SendTextAsync_NoReadReceiptsAndDisorder_StopAtDelivered()
    {
        await Sut.SetFaultsAsync(new SandboxFaults { NoReadReceipts = true, Disorder = true });

        await SendAsync("hello");

        await _cluster.AdvanceAsync(60);
        _cluster.Archive.Single(EventNames.MessageDelivered).Message!.Text.ShouldBe("hello");
        (await Sut.ReadScreenAsync("5511"))!.Value.Single().Status.ShouldBe(MessageStatus.Delivered);
    }

    [Fact]
    public async Task TypeAsync_KnownPhone_ShowsItAndAnswersTheMessage()
    {
        (await Sut.TypeAsync("5511", "hi")).ShouldBeEmpty();
        await Sut.PutPhoneAsync("5511", "Ana");

        var typed = (await Sut.TypeAsync("5511", "hi")).Single();
        await Sut.SetFaultsAsync(new SandboxFaults { DuplicateRate = 1 });
        var twice = await Sut.TypeAsync("5511", "again");

        typed.ProviderMessageId.ShouldStartWith("sbx_");
        typed.Contact.ShouldBe(Ana);
        twice.Select(one => one.ProviderMessageId).Distinct().Count().ShouldBe(1);
        twice.Length.ShouldBe(2);
        (await Sut.ReadScreenAsync("5511"))!.Value.Select(shown => shown.Text).ShouldBe(["hi", "again"]);
        (await Sut.RemovePhoneAsync("5511")).ShouldBeTrue();
        (await Sut.ReadScreenAsync("5511")).ShouldBeNull();
        await Sut.PutPhoneAsync("5511", "Ana");
        (await Sut.ReadScreenAsync("5511"))!.Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task ChooseAsync_OfferOnTheScreen_AnswersTheReplyToDeliver()
    {
        var offer = new Offer { Buttons = [new OfferButton("yes", "Yes"), new OfferButton("no", "No")] };
        await Conversation.SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = "shop", Contact = Ana, Text = "Sure?", Offer = offer,
        });
        var told = await _cluster.UntilToldAsync(EventNames.MessageRead);

        var shown = (await Sut.ReadScreenAsync("5511"))!.Value.Single();
        (shown.Text, shown.Offer!.Buttons.Length).ShouldBe(("Sure?", 2));
        (told.Message!.Kind, told.Message.Content!.Offer!.Buttons[0].Title).ShouldBe((MessageKind.Buttons, "Yes"));
        (await Sut.ChooseAsync("5511", "maybe", null)).ShouldBeNull();
        (await Sut.ChooseAsync("0000", "yes", null))!.Value.ShouldBeEmpty();
        var reply = (await Sut.ChooseAsync("5511", "yes", null))!.Value.Single();
        (reply.Kind, reply.Text, reply.Content!.Interactive!.Id).ShouldBe((MessageKind.ButtonReply, "Yes", "yes"));
        reply.Content.QuotedProviderMessageId.ShouldBe(shown.ProviderMessageId);
        (await Sut.ReadScreenAsync("5511"))!.Value.Last().Text.ShouldBe("Yes");
    }

    [Fact]
    public async Task SendTextAsync_CloudInstance_GoesThroughItsSender()
    {
        _instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud, "meta");

        await SendAsync("hello", "meta");

        (await _cluster.UntilToldAsync(EventNames.MessageSent)).Message!.ProviderMessageId.ShouldBe("wamid.1");
        var request = _cluster.Cloud.Requests.Single();
        (request.Text, request.Attempt, request.InstanceId).ShouldBe(("hello", 1, _instance.Id));
    }

    [Fact]
    public async Task SendTextAsync_SenderBreaks_IsInDoubtAndNotSentAgain()
    {
        _instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud, "meta");
        _cluster.Cloud.Answer = _ => throw new InvalidOperationException("a bug");

        await SendAsync("hello", "meta");

        await _cluster.AdvanceAsync(120);
        _cluster.Archive.Single(EventNames.MessageChanged).Message!.Doubtful.ShouldBeTrue();
        _cluster.Cloud.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SendTextAsync_ProviderAsksToWait_PausesTheWholeNumber()
    {
        _instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud, "meta");
        _cluster.Cloud.Answer = request => new SendResult
        {
            MessageId = request.MessageId, Attempt = request.Attempt, Outcome = SendOutcome.Wait, RetryAfter = TimeSpan.FromMinutes(5),
        };
        var outbound = _cluster.Grain<IOutboundGrain>(_instance.Id);

        await SendAsync("hello", "meta");
        await _cluster.AdvanceAsync(1);
        await outbound.RequestTurnAsync(new SendTicket("cnv_other", "msg_other", MessageAuthor.Person));

        var stats = await outbound.GetStatsAsync();
        (stats.Waiting, stats.InFlight, stats.PausedUntil).ShouldBe((1, 0, _cluster.Now.AddMinutes(5).AddSeconds(-1)));
        _cluster.Cloud.Answer = null;
        await _cluster.AdvanceAsync(298);
        _cluster.Cloud.Requests.Count.ShouldBe(1);
        await _cluster.AdvanceAsync(2);
        (await _cluster.UntilToldAsync(EventNames.MessageSent)).Message!.Text.ShouldBe("hello");
    }

    [Fact]
    public async Task SendTextAsync_SandboxFailsOnce_IsTriedAgain()
    {
        await Sut.SetFaultsAsync(new SandboxFaults { ErrorRate = 1 });
        await SendAsync("hello");
        await _cluster.AdvanceAsync(1);
        (await Sut.ReadScreenAsync("5511"))!.Value.ShouldBeEmpty();

        await Sut.SetFaultsAsync(new SandboxFaults());
        await _cluster.AdvanceAsync(5);

        (await Sut.ReadScreenAsync("5511"))!.Value.Single().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task SendTextAsync_SlowSandbox_IsInDoubtUntilItsReceipts()
    {
        await Sut.SetFaultsAsync(new SandboxFaults { LatencyMilliseconds = 20_000 });
        await SendAsync("hello");
        await _cluster.AdvanceAsync(12);
        _cluster.Archive.Single(EventNames.MessageChanged).Message!.Doubtful.ShouldBeTrue();

        await _cluster.AdvanceAsync(60);

        _cluster.Archive.Single(EventNames.MessageRead).Message!.Doubtful.ShouldBeFalse();
        (await Sut.ReadScreenAsync("5511"))!.Value.Length.ShouldBe(1);
    }

    [Fact]
    public async Task SendTextAsync_CrashWhileWaiting_IsSentAfterwards()
    {
        _instance = await _cluster.MakeInstanceAsync(ProviderKind.Cloud, "meta");
        await _cluster.Grain<IOutboundGrain>(_instance.Id).EndTurnAsync("cnv_x", "msg_x", TimeSpan.FromMinutes(30));
        await SendAsync("hello", "meta");
        await _cluster.AdvanceAsync(1);
        _cluster.Cloud.Requests.ShouldBeEmpty();

        await _cluster.CrashAsync();
        await _cluster.AdvanceAsync(120);

        _cluster.Cloud.Requests.Single().Text.ShouldBe("hello");
    }

    private IConversationGrain Conversation => _cluster.Grain<IConversationGrain>(ConversationKey.For(_instance.Id, Ana).ToString());

    private async Task<string> SendAsync(string text, string instance = "shop", params string[] mentioned)
    {
        var result = await Conversation.SendTextAsync(new SendTextCommand
        {
            InstanceId = _instance.Id, Instance = instance, Contact = Ana, Text = text, IdempotencyKey = text,
            MentionedIds = mentioned.Length == 0 ? null : [.. mentioned],
        });
        return result.MessageId!;
    }
}
