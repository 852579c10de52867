using FsCheck;
using FsCheck.Fluent;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sending;

public sealed class OutboundQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private OutboundQueue _sut = new(new SendingOptions(), limitsPairs: false);
    private DateTimeOffset _now = Start;

    [Fact]
    public void Take_SeveralClasses_PersonsGoBeforeBotBeforeCampaigns()
    {
        Add("c1", "campaign", MessageAuthor.Campaign);
        Add("c2", "bot1", MessageAuthor.Bot);
        Add("c3", "bot2", MessageAuthor.Bot);
        Add("c4", "person", MessageAuthor.Person);

        TakeAll().ShouldBe(["person", "bot1", "bot2", "campaign"]);
    }

    [Fact]
    public void Take_TwoMessagesOfAConversation_GoOneAfterTheOther()
    {
        Add("c1", "m1");
        Add("c1", "m2");

        TakeAll().ShouldBe(["m1"]);
        _sut.End("c1", "m1", _now);
        TakeAll().ShouldBe(["m2"]);
    }

    [Fact]
    public void Take_MessageThatMustWait_HoldsItsConversationOnly()
    {
        Add("c1", "m1");
        _sut.Return(_sut.Take(_now).Single(), _now).ShouldBeTrue();
        Add("c1", "m2");
        Add("c2", "m3");

        TakeAll().ShouldBe(["m3"]);
        _sut.NextAt(_now).ShouldBe(Start.AddSeconds(1));
        At(1);
        TakeAll().ShouldBe(["m1"]);
    }

    [Fact]
    public void Take_MoreThanTheRate_IsSpreadOverTime()
    {
        _sut = new OutboundQueue(new SendingOptions { InFlightMax = 10_000 }, limitsPairs: false);
        for (var i = 0; i < 400; i++) Add($"c{i}", $"m{i}");

        var taken = Run(until: Start.AddSeconds(2)).ToArray();

        // 80 a second, and the tenth of a second's worth that may go at once.
        taken.Length.ShouldBeInRange(160, 168);
        for (var i = 0; i + 88 < taken.Length; i++) (taken[i + 88].At - taken[i].At).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Take_MessagesComeIn_TheyCountTogether()
    {
        _sut = new OutboundQueue(new SendingOptions { InFlightMax = 10_000 }, limitsPairs: false);
        for (var i = 0; i < 400; i++) Add($"c{i}", $"m{i}");

        var taken = RunBeside(inboundPerSecond: 30, seconds: 4);

        // 80 a second for both, and the tenth of a second's worth that may go at once.
        taken.ShouldBeInRange(200, 212);
    }

    [Fact]
    public void Take_MoreComesInThanMayGo_AFifthIsLeft()
    {
        _sut = new OutboundQueue(new SendingOptions { InFlightMax = 10_000 }, limitsPairs: false);
        for (var i = 0; i < 400; i++) Add($"c{i}", $"m{i}");

        RunBeside(inboundPerSecond: 5_000, seconds: 4).ShouldBeInRange(56, 80);
    }

    [Fact]
    public void CountInbound_FarTooMany_IsForgottenSoon()
    {
        _sut.CountInbound(1_000_000, _now);
        Add("c1", "m1");

        TakeAll().ShouldBe([]);
        At(0.1);
        TakeAll().ShouldBe(["m1"]);
    }

    [Fact]
    public void Take_CloudContact_GetsItsBurstAndThenOneEverySixSeconds()
    {
        _sut = new OutboundQueue(new SendingOptions(), limitsPairs: true);
        for (var i = 0; i < 50; i++) Add("c1", $"m{i}");

        var taken = Run(until: Start.AddSeconds(20), end: true).ToArray();

        taken.Count(one => one.At < Start.AddSeconds(5)).ShouldBe(45);
        taken.Length.ShouldBe(48);
    }

    [Fact]
    public void Take_InFlightAtTheLimit_WaitsForAnEnd()
    {
        _sut = new OutboundQueue(new SendingOptions { InFlightMax = 2 }, limitsPairs: false);
        for (var i = 0; i < 3; i++) Add($"c{i}", $"m{i}");

        TakeAll().ShouldBe(["m0", "m1"]);
        _sut.End("c0", "m0", _now);
        TakeAll().ShouldBe(["m2"]);
    }

    [Fact]
    public void Take_Paused_WaitsForTheLatestTime()
    {
        Add("c1", "m1");
        _sut.Pause(Start.AddSeconds(30));
        _sut.Pause(Start.AddSeconds(10));

        TakeAll().ShouldBeEmpty();
        _sut.NextAt(_now).ShouldBe(Start.AddSeconds(30));
        At(30);
        TakeAll().ShouldBe(["m1"]);
    }

    [Fact]
    public void Add_SameMessage_WaitsOnce()
    {
        Add("c1", "m1");
        Add("c1", "m1");
        _sut.Waiting.ShouldBe(1);

        TakeAll().ShouldBe(["m1"]);
        Add("c1", "m1");
        _sut.Waiting.ShouldBe(0);
    }

    [Fact]
    public void Add_MessageWhoseTurnWasAccepted_AsksForANewTurn()
    {
        Add("c1", "m1");
        _sut.Take(_now).Single().Accepted = true;

        Add("c1", "m1");

        _sut.InFlight.ShouldBe(0);
        TakeAll().ShouldBe(["m1"]);
    }

    [Fact]
    public void Add_FullQueue_Refuses()
    {
        _sut = new OutboundQueue(new SendingOptions { QueueTicketsMax = 100 }, limitsPairs: false);
        for (var i = 0; i < 100; i++) Add($"c{i}", $"m{i}");

        _sut.Add(Ticket("c", "m", MessageAuthor.Person), _now).ShouldBeFalse();
    }

    [Fact]
    public void TakeBack_TurnThatNobodyEnded_FreesTheConversation()
    {
        Add("c1", "m1");
        Add("c1", "m2");
        TakeAll();

        At(119);
        _sut.TakeBack(_now).ShouldBeEmpty();
        At(120);
        _sut.TakeBack(_now).Select(ticket => ticket.MessageId).ShouldBe(["m1"]);
        TakeAll().ShouldBe(["m2"]);
    }

    [Fact]
    public void Return_ConversationNotReached_TriesAgainInOrderAndGivesUpInTheEnd()
    {
        Add("c1", "m1");
        Add("c1", "m2");
        var turns = 0;
        while (_sut.Take(_now) is [var turn])
        {
            if (turn.Ticket.MessageId == "m2") break;
            turns++;
            _sut.Return(turn, _now);
            At((_now - Start).TotalSeconds + 1);
        }

        turns.ShouldBe(10);
    }

    [Fact]
    public void Take_MoreContactsThanTheDayHas_HoldsTheOthersAndNobodyInTheirWindow()
    {
        LimitContacts(1);
        Add("c1", "m1");
        Add("c2", "m2");
        Add("c3", "m3");
        AddInWindow("c4", "m4", Start.AddHours(1));

        TakeAll().ShouldBe(["m1", "m4"]);

        _sut.WaitingForDay(_now).ShouldBe((2, Start.AddHours(24).AddMinutes(10)));
        _sut.NextAt(_now).ShouldBe(Start.AddSeconds(120), "a turn that nobody ends is taken back before");
        _sut.End("c1", "m1", _now);
        _sut.End("c4", "m4", _now);
        _sut.TakeBack(_now).ShouldBeEmpty();
        _sut.NextAt(_now).ShouldBe(Start.AddHours(24).AddMinutes(10));
        _now = Start.AddHours(24).AddMinutes(10);
        TakeAll().ShouldBe(["m2"]);
    }

    [Fact]
    public void Take_RoomForOneOfTheHeld_GivesItToTheMostUrgent()
    {
        LimitContacts(1);
        Add("c1", "m1");
        TakeAll();
        Add("c2", "campaign", MessageAuthor.Campaign);
        Add("c3", "person", MessageAuthor.Person);
        TakeAll().ShouldBeEmpty();

        _sut.Contacts!.Limit = 2;

        TakeAll().ShouldBe(["person"]);
    }

    [Fact]
    public void Take_SecondMessageToAContactOfTheDay_CostsNoOther()
    {
        LimitContacts(1);
        Add("c1", "m1");
        _sut.Take(_now).Single().IsCounted.ShouldBeTrue();
        _sut.End("c1", "m1", _now);

        At(3_600);
        _sut.Add(Ticket("c1", "m2", MessageAuthor.Bot) with { WrittenOutsideWindowAt = Start }, _now);
        Add("c2", "m3");

        TakeAll().ShouldBe(["m2"]);
        _sut.WaitingForDay(_now).FreeAt.ShouldBe(Start.AddHours(25).AddMinutes(10), "the day of c1 begins anew");
    }

    [Fact]
    public void Add_HeldMessageWhoseContactWrote_MayGo()
    {
        LimitContacts(1);
        Add("c1", "m1");
        Add("c2", "m2");
        TakeAll().ShouldBe(["m1"]);

        AddInWindow("c2", "m2", Start.AddHours(24));

        var turn = _sut.Take(_now).Single();
        (turn.Ticket.MessageId, turn.IsCounted).ShouldBe(("m2", false));
        _sut.Waiting.ShouldBe(0);
    }

    [Fact]
    public void Take_WindowThatEndedMeanwhile_IsCounted()
    {
        LimitContacts(1);
        Add("c1", "m1");
        TakeAll();
        _sut.Pause(Start.AddMinutes(30));
        AddInWindow("c2", "m2", Start.AddMinutes(10));

        At(1_800);
        TakeAll().ShouldBeEmpty();
        _sut.WaitingForDay(_now).Conversations.ShouldBe(1);
    }

    [Fact]
    public void Return_OfACountedTurn_IsCountedOnce()
    {
        LimitContacts(2);
        Add("c1", "m1");
        _sut.Return(_sut.Take(_now).Single(), _now);
        At(1);
        var again = _sut.Take(_now).Single();
        Add("c2", "m2");

        again.IsCounted.ShouldBeTrue("nobody knows whether the first count was stored");
        TakeAll().ShouldBe(["m2"]);
    }

    [Fact]
    public void LimitContacts_TakenAway_LetsTheHeldGo()
    {
        LimitContacts(1);
        Add("c1", "m1");
        Add("c2", "m2");
        TakeAll().ShouldBe(["m1"]);

        _sut.LimitContacts(null, _now);

        var turn = _sut.Take(_now).Single();
        (turn.Ticket.MessageId, turn.IsCounted).ShouldBe(("m2", false));
    }

    [Fact]
    public void Sweep_NothingLeft_ForgetsConversations()
    {
        _sut = new OutboundQueue(new SendingOptions(), limitsPairs: true);
        Add("c1", "m1");
        TakeAll();
        _sut.End("c1", "m1", _now);
        _sut.IsEmpty.ShouldBeFalse();

        At(6);
        _sut.Sweep(_now);
        _sut.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Take_AnySequenceOfEvents_KeepsOrderAndLimits()
    {
        var steps = Gen.Choose(0, 999).ListOf().Select(list => list.ToArray()).ToArbitrary();

        Prop.ForAll(steps, list =>
        {
            var options = new SendingOptions { InFlightMax = 3, MessagesPerSecond = 20 };
            var sut = new OutboundQueue(options, limitsPairs: false);
            var now = Start;
            var asked = new Dictionary<string, Queue<string>>();
            var turns = new List<OutboundTurn>();
            var next = 0;
            foreach (var step in list)
            {
                now += TimeSpan.FromMilliseconds(step % 97);
                var conversation = $"c{step % 5}";
                if (step % 3 > 0)
                {
                    var message = $"m{next++}";
                    sut.Add(Ticket(conversation, message, MessageAuthor.Bot), now);
                    if (!asked.TryGetValue(conversation, out var queue)) asked[conversation] = queue = new();
                    queue.Enqueue(message);
                }
                else if (turns.Count > 0)
                {
                    var turn = turns[step % turns.Count];
                    turns.Remove(turn);
                    sut.End(turn.Ticket.ConversationId, turn.Ticket.MessageId, now);
                }

                foreach (var turn in sut.Take(now))
                {
                    if (asked[turn.Ticket.ConversationId].Dequeue() != turn.Ticket.MessageId) return false;
                    turns.Add(turn);
                }

                if (sut.InFlight != turns.Count || turns.Count > 3) return false;
                if (turns.DistinctBy(turn => turn.Ticket.ConversationId).Count() != turns.Count) return false;
                if (sut.Waiting != asked.Values.Sum(queue => queue.Count)) return false;
                // Whatever waits has a time at which it will go on, unless only an end can free it.
                if (sut.Waiting > 0 && turns.Count == 0 && sut.NextAt(now) is null) return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private void At(double seconds) => _now = Start.AddSeconds(seconds);

    private void Add(string conversation, string message, MessageAuthor author = MessageAuthor.Bot) =>
        _sut.Add(Ticket(conversation, message, author), _now).ShouldBeTrue();

    private void AddInWindow(string conversation, string message, DateTimeOffset windowEndsAt) =>
        _sut.Add(Ticket(conversation, message, MessageAuthor.Bot) with { WindowEndsAt = windowEndsAt }, _now).ShouldBeTrue();

    private void LimitContacts(int limit) => _sut.LimitContacts(new DailyContacts(limit, [], _now), _now);

    private string[] TakeAll() => [.. _sut.Take(_now).Select(turn => turn.Ticket.MessageId)];

    // Ten times a second it is told what came in; how many went out.
    private int RunBeside(int inboundPerSecond, int seconds)
    {
        var taken = 0;
        for (var tenth = 1; tenth <= 10 * seconds; tenth++)
        {
            taken += Run(until: Start.AddSeconds(tenth / 10.0)).Count();
            At(tenth / 10.0);
            _sut.CountInbound(inboundPerSecond / 10, _now);
        }

        return taken;
    }

    // Plays the grain: takes, and sleeps until there is something to do.
    private IEnumerable<(string Message, DateTimeOffset At)> Run(DateTimeOffset until, bool end = false)
    {
        while (_now < until)
        {
            foreach (var turn in _sut.Take(_now))
            {
                yield return (turn.Ticket.MessageId, _now);
                if (end) _sut.End(turn.Ticket.ConversationId, turn.Ticket.MessageId, _now);
            }

            if (_sut.NextAt(_now) is not { } next) yield break;
            _now = next > _now ? next : _now.AddTicks(1);
        }
    }

    private static SendTicket Ticket(string conversation, string message, MessageAuthor author) =>
        new(conversation, message, author);
}
