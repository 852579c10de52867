using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>Several ids of a contact turn out to be one person's: nothing is stored or answered twice, and what silences the bot holds on.</summary>
public sealed class JoiningTests : IAsyncLifetime
{
    private static readonly ContactIdentity ByPhone = new() { Phone = "5511999990009" };
    private static readonly ContactIdentity ByLid = new() { Lid = "777" };
    private static readonly ContactIdentity ByUser = new() { UserId = "BR.1" };
    private static readonly ContactIdentity ByPhoneAndLid = new() { Phone = "5511999990009", Lid = "777" };

    private ConversationCluster _sut = null!;

    public async Task InitializeAsync() => _sut = await ConversationCluster.StartAsync();

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    public static TheoryData<bool> Either => [false, true];

    [Fact]
    public async Task Redelivery_OfWhatOnlyTheOtherIdHad_IsADuplicate()
    {
        await DeliverAsync("m1", ByLid);
        await DeliverAsync("m2", ByPhone);
        await DeliverAsync("m3", ByPhoneAndLid);

        (await DeliverAsync("m1", ByLid)).Stored.ShouldBe(0);
        (await DeliverAsync("m1", ByPhoneAndLid)).Stored.ShouldBe(0);
        (await DeliverAsync("m1", ByPhone)).Stored.ShouldBe(0);
        (await DeliverAsync("m2", ByLid)).Stored.ShouldBe(0);
    }

    [Fact]
    public async Task Redelivery_AfterACrash_IsADuplicate()
    {
        await DeliverAsync("m1", ByLid);
        await DeliverAsync("m2", ByPhone);
        await DeliverAsync("m3", ByPhoneAndLid);
        await _sut.Cluster.CrashAsync();

        (await DeliverAsync("m1", ByPhone)).Stored.ShouldBe(0);
    }

    [Fact]
    public async Task Burst_OverBothIds_IsAnsweredOnce()
    {
        await DeliverAsync("m1", ByLid);
        await _sut.AfterAsync(1);
        await DeliverAsync("m2", ByPhone);
        await _sut.AfterAsync(1);
        await DeliverAsync("m3", ByPhoneAndLid);
        await _sut.AfterAsync(30);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3"]);
        _sut.Sender.Texts.ShouldBe(["re: m1,m2,m3"]);
        _sut.Archive.Batches.Select(batch => batch.Outcome).Order().ShouldBe(["moved", "replied"]);
    }

    [Fact]
    public async Task Attempt_ThatRunsWhileItsConversationIsJoined_IsBegunAnewWhereTheContactLives()
    {
        _sut.Replies.Hold = true;
        for (var i = 1; i <= 5; i++) await DeliverAsync($"m{i}", ByLid);
        await DeliverAsync("m6", ByPhone);
        await DeliverAsync("m7", ByPhoneAndLid);
        await _sut.AtRestAsync();
        _sut.Replies.Release();
        _sut.Replies.Hold = false;
        await _sut.AfterAsync(30);

        _sut.Replies.Batches.ShouldBe(["m1,m2,m3,m4,m5", "m1,m2,m3,m4,m5", "m6,m7"]);
        _sut.Sender.Texts.ShouldBe(["held answer", "re: m6,m7"], "the attempt that nobody waits for any more says nothing");
    }

    [Theory, MemberData(nameof(Either))]
    public async Task Pause_OfEither_SilencesBoth(bool ofTheOneThatCounts)
    {
        await DeliverAsync("m1", ByLid);
        await DeliverAsync("m2", ByPhone);
        (await _sut.Of(ofTheOneThatCounts ? ByPhone : ByLid).PauseAsync(null)).ShouldBeTrue();
        await DeliverAsync("m3", ByPhoneAndLid);
        await DeliverAsync("m4", ByPhone);
        await _sut.AfterAsync(30);

        _sut.Replies.Requests.ShouldBeEmpty();
        (await _sut.Of(ByPhone).GetAsync())!.Conversation.Paused.ShouldBeTrue();
        (await _sut.Of(ByLid).GetAsync())!.Conversation.Paused.ShouldBeFalse("it is ended where the contact lives");
    }

    [Theory, MemberData(nameof(Either))]
    public async Task OptOut_ByEither_SilencesBoth(bool ofTheOneThatCounts)
    {
        await DeliverAsync("m1", ByLid);
        await DeliverAsync("m2", ByPhone);
        await DeliverAsync("m3", ofTheOneThatCounts ? ByPhone : ByLid, "STOP");
        await DeliverAsync("m4", ByPhoneAndLid);
        await _sut.AfterAsync(30);
        _sut.Replies.Requests.ShouldBeEmpty();

        await DeliverAsync("m5", ByLid, "START");
        await _sut.AfterAsync(30);
        _sut.Replies.Batches.ShouldBe(["m5"]);
    }

    [Fact]
    public async Task Reply_ThatWaitsToBeSent_IsTakenBackWhenTheOneThatCountsIsPaused()
    {
        _sut.Sender.Outcome = SendOutcome.Wait;
        for (var i = 1; i <= 5; i++) await DeliverAsync($"m{i}", ByLid);
        await _sut.AtRestAsync();
        await DeliverAsync("m6", ByPhone);
        await _sut.Of(ByPhone).PauseAsync(null);
        await DeliverAsync("m7", ByPhoneAndLid);
        var tried = _sut.Sender.Requests.Count;
        _sut.Sender.Outcome = SendOutcome.Sent;
        await _sut.AfterAsync(60);

        _sut.Sender.Requests.Count.ShouldBe(tried);
        _sut.Archive.Events.Single(one => one.Name == EventNames.MessageFailed).Message!.Errors[^1].Code.ShouldBe("paused");
    }

    [Fact]
    public async Task SendText_SameIdempotencyKeyOverBothIds_SendsOnce()
    {
        await DeliverAsync("m1", ByPhone);
        var first = await _sut.Of(ByLid).SendTextAsync(Command(ByLid));
        await DeliverAsync("m2", ByPhoneAndLid);

        var second = await _sut.Of(ByPhone).SendTextAsync(Command(ByPhone));
        second.MessageId.ShouldBe(first.MessageId);
        await _sut.AfterAsync(1);
        _sut.Sender.Texts.ShouldBe(["hello"]);

        SendTextCommand Command(ContactIdentity contact) => new()
        {
            InstanceId = _sut.InstanceId, Instance = "shop", Contact = contact, Text = "hello", IdempotencyKey = "k",
        };
    }

    [Fact]
    public async Task Echo_OfWhatWasInDoubt_SettlesItWhereTheContactLives()
    {
        _sut.Sender.Outcome = SendOutcome.Ambiguous;
        for (var i = 1; i <= 5; i++) await DeliverAsync($"m{i}", ByLid);
        await _sut.AtRestAsync();
        await DeliverAsync("m6", ByPhone);
        await DeliverAsync("m7", ByPhoneAndLid);

        await DeliverAsync("echo", ByPhone, "re: m1,m2,m3,m4,m5", fromMe: true);
        await _sut.AtRestAsync();

        var sent = _sut.Archive.Events.Single(one => one.Name == EventNames.MessageSent).Message!;
        (sent.ProviderMessageId, sent.Author).ShouldBe(("echo", MessageAuthor.Bot));
    }

    // The user id's conversation counts for the phone's, then the LID's for the user id's, and then phone and LID are one contact.
    [Fact]
    public async Task ThreeIds_JoinedPairByPair_NeverMoveInACircle()
    {
        await DeliverAsync("m1", ByUser);
        await DeliverAsync("m2", ByLid);
        await DeliverAsync("m3", ByPhone with { UserId = ByUser.UserId });
        await DeliverAsync("m4", ByLid with { UserId = ByUser.UserId });
        await DeliverAsync("m5", ByPhoneAndLid);
        foreach (var contact in new[] { ByUser, ByLid, ByPhone }) (await DeliverAsync("m1", contact)).Stored.ShouldBe(0);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task AnyOrderOfIds_AlsoAtTheSameTime_StoresEachMessageOnceAndEndsInOneConversation(int seed)
    {
        var random = new Random(seed);
        ContactIdentity[] people = [.. Enumerable.Range(0, 4).Select(i => new ContactIdentity { Phone = $"55119999{i:0000}", Lid = $"70{i}", UserId = $"BR.{i}" })];
        var sent = new List<(string Id, ContactIdentity Contact)>();
        for (var round = 0; round < 6; round++)
        {
            var together = Enumerable.Range(0, random.Next(1, 8)).Select(_ => (Id: "", Contact: Some(people[random.Next(people.Length)]))).ToArray();
            for (var i = 0; i < together.Length; i++) together[i].Id = $"m{sent.Count + i}";
            var results = await Task.WhenAll(together.Select(one => DeliverAsync(one.Id, one.Contact)));
            results.ShouldAllBe(result => result.Stored == 1);
            sent.AddRange(together);
            if (random.Next(3) == 0) await _sut.AfterAsync(random.Next(10));
        }

        foreach (var (id, contact) in sent) (await DeliverAsync(id, contact)).Stored.ShouldBe(0, id);
        foreach (var person in people)
        {
            if (!sent.Exists(one => IsOf(one.Contact, person))) continue;
            await DeliverAsync($"last {person.Lid}", person);
            foreach (var (id, contact) in sent.Where(one => IsOf(one.Contact, person)))
            {
                (await DeliverAsync(id, contact)).Stored.ShouldBe(0, id);
                (await DeliverAsync(id, Some(person))).Stored.ShouldBe(0, id);
            }
        }

        await _sut.AfterAsync(60);
        var answered = _sut.Sender.Texts.SelectMany(text => text["re: ".Length..].Split(',')).ToArray();
        answered.ShouldBeUnique();
        sent.Select(one => one.Id).ShouldBeSubsetOf(answered);

        ContactIdentity Some(ContactIdentity person)
        {
            var which = random.Next(1, 8);
            return new ContactIdentity
            {
                Phone = (which & 1) > 0 ? person.Phone : null, Lid = (which & 2) > 0 ? person.Lid : null, UserId = (which & 4) > 0 ? person.UserId : null,
            };
        }

        static bool IsOf(ContactIdentity contact, ContactIdentity person) =>
            contact.Phone == person.Phone || contact.Lid == person.Lid || contact.UserId == person.UserId;
    }

    // As a delivery finds its conversation, with no memory of its own.
    private async Task<ReceiveResult> DeliverAsync(string id, ContactIdentity contact, string? text = null, bool fromMe = false)
    {
        var grains = _sut.Cluster.Grains;
        var conversation = ConversationKey.For(_sut.InstanceId, contact).Id;
        foreach (var alias in ConversationKey.Aliases(_sut.InstanceId, contact)) conversation = await grains.JoinAsync(alias.Id, conversation);
        var command = new ReceiveMessages
        {
            InstanceId = _sut.InstanceId,
            Instance = "shop",
            DeliveryId = "dlv_" + id,
            ReceivedAt = _sut.Cluster.Clock.GetUtcNow(),
            Messages = [new InboundMessage { ProviderMessageId = id, Contact = contact, Kind = MessageKind.Text, Text = text ?? id, FromMe = fromMe }],
            Buffer = _sut.Rule,
        };
        var result = await grains.GetGrain<IConversationGrain>(conversation).ReceiveAsync(command);
        for (var moves = 0; result.MovedTo is { } next; moves++)
        {
            moves.ShouldBeLessThan(ConversationJoins.MovesMax, "conversations move in a circle");
            result = await grains.GetGrain<IConversationGrain>(next).ReceiveAsync(command);
        }

        return result;
    }
}
