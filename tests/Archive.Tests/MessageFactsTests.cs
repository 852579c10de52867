using FsCheck;
using FsCheck.Fluent;
using Waqtor.Events;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

public class MessageFactsTests
{
    [Fact]
    public void Rank_OfTheStatuses_PutsFailedBelowWhatProvesArrival() =>
        Enum.GetValues<MessageStatus>().OrderBy(MessageFacts.Rank).ShouldBe(
        [
            MessageStatus.Received, MessageStatus.Pending, MessageStatus.Sent,
            MessageStatus.Failed, MessageStatus.Delivered, MessageStatus.Read,
        ]);

    [Fact]
    public void Plan_OfEventsInAnyOrder_SaysTheSame() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(
            Gen.Choose(0, EventScript.Numbers - 1).ArrayOf().Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary(),
            script =>
            {
                var events = script.Item1.Distinct().Select(number => EventScript.Event(number, "")).ToArray();
                var shuffled = events.Concat(events.Take(events.Length / 2)).ToArray();
                new Random(script.Item2).Shuffle(shuffled);

                Describe(events).ShouldBe(Describe(shuffled));
            }));

    [Fact]
    public void Plan_OfHalvesJoined_SaysWhatTheWholeSays() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(
            Gen.Choose(0, EventScript.Numbers - 1).ArrayOf().ToArbitrary(),
            numbers =>
            {
                var events = numbers.Select(number => EventScript.Event(number, "")).ToArray();
                var whole = AppendPlan.Of(events);
                var first = AppendPlan.Of(events.Take(events.Length / 2));
                foreach (var (id, later) in AppendPlan.Of(events.Skip(events.Length / 2)).Messages)
                {
                    if (!first.Messages.TryGetValue(id, out var facts)) continue;
                    facts.Join(later);
                    Describe(facts).ShouldBe(Describe(whole.Messages[id]));
                }
            }));

    [Fact]
    public void Join_OfWhatIsKnown_ChangesNothing()
    {
        var events = Enumerable.Range(0, EventScript.Numbers).Select(number => EventScript.Event(number, "")).ToArray();
        var known = AppendPlan.Of(events);

        foreach (var (id, again) in AppendPlan.Of(events).Messages)
        {
            known.Messages[id].Join(again).ShouldBeFalse();
        }
    }

    private static string Describe(IEnumerable<DomainEvent> events)
    {
        var plan = AppendPlan.Of(events);
        return string.Join('\n', plan.Messages.OrderBy(one => one.Key).Select(one => Describe(one.Value))
            .Concat(plan.Batches.OrderBy(one => one.Key).Select(one => $"{StoredBatch.Kept(one.Value).Id} {StoredBatch.Of(one.Value)}"))
            .Concat(plan.Conversations.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value.Version}"))
            .Concat(plan.Deliveries.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value.Outcome}"))
            .Concat(plan.Audits.Keys.Order()));
    }

    private static string Describe(MessageFacts facts) => string.Join('|',
        facts.Id, facts.Status, facts.Settlement, facts.BatchId, facts.ProviderMessageId, facts.ChangedAt, facts.Record?.Text,
        facts.History.Length, string.Join(',', facts.Errors.Select(error => error.Code).Order()));
}
