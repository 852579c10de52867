using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>
/// The story that started it: four messages, a processor that takes its batch, two more arriving while it works; the
/// in-memory buffer lost them. Here every message ends in exactly one batch, in order, wherever they fall.
/// </summary>
public sealed class ExactlyOneBatchTests
{
    [Fact]
    public void Story_TwoMoreMessagesAtAnyPointOfTheProcessing_NoneIsLost()
    {
        Action<BookFixture>[] processing =
        [
            sut => sut.At(8),
            sut => sut.Tick(),
            sut => sut.Reply("answer"),
            sut => sut.BeginSend(),
            sut => sut.Sent(),
        ];
        for (var first = 0; first <= processing.Length; first++)
        {
            for (var second = first; second <= processing.Length; second++)
            {
                for (var crash = -1; crash < processing.Length; crash++)
                {
                    var sut = new BookFixture();
                    for (var i = 0; i < 4; i++) sut.Receive();
                    for (var step = 0; step <= processing.Length; step++)
                    {
                        if (step == first) sut.Receive();
                        if (step == second) sut.Receive();
                        if (step == crash) Restart(sut);
                        if (step < processing.Length) TryStep(processing[step], sut);
                    }

                    Drain(sut);
                    Check(sut, 6, $"first {first}, second {second}, crash {crash}");
                }
            }
        }
    }

    [Fact]
    public void AnySequenceOfEvents_EveryMessageIsInExactlyOneBatchInOrder()
    {
        var steps = Gen.Choose(0, 9).ListOf().Select(list => list.ToArray()).ToArbitrary();

        Prop.ForAll(steps, Run).QuickCheckThrowOnFailure();

        static void Run(int[] choices)
        {
            var sut = new BookFixture();
            var received = 0;
            foreach (var choice in choices)
            {
                switch (choice)
                {
                    case <= 3:
                        sut.Receive();
                        received++;
                        break;
                    case 4:
                        sut.Now += TimeSpan.FromSeconds(3);
                        sut.Tick();
                        break;
                    case 5:
                        TryStep(s => s.Reply("answer"), sut);
                        break;
                    case 6:
                        TryStep(s => s.Reply(null, "boom"), sut);
                        break;
                    case 7:
                        TryStep(s => s.BeginSend(), sut);
                        break;
                    case 8:
                        TryStep(s => s.Sent(), sut);
                        break;
                    default:
                        Restart(sut);
                        break;
                }
            }

            Drain(sut);
            Check(sut, received, string.Join(',', choices));
        }
    }

    // What the process knew and had written is all that is left of it.
    private static void Restart(BookFixture sut)
    {
        sut.State = JsonSerializer.Deserialize<ConversationState>(JsonSerializer.Serialize(sut.State))!;
        sut.Do(book => book.RestartInterrupted());
    }

    private static void TryStep(Action<BookFixture> step, BookFixture sut)
    {
        if (CanDo(step, sut)) step(sut);
    }

    private static bool CanDo(Action<BookFixture> step, BookFixture sut)
    {
        // A step that finds nothing to do is left out, as a worker that is not called does nothing.
        var copy = new BookFixture { State = JsonSerializer.Deserialize<ConversationState>(JsonSerializer.Serialize(sut.State))!, Now = sut.Now };
        try
        {
            step(copy);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or ShouldAssertException)
        {
            return false;
        }
    }

    private static void Drain(BookFixture sut)
    {
        for (var round = 0; round < 400; round++)
        {
            var next = WakeUps.Next(sut.State, sut.Options, sut.Now);
            if (sut.State.Buffer is null && sut.State.Batches.Count == 0 && sut.State.Outgoing.Count == 0) return;
            if (sut.State.Outgoing is [{ AttemptStartedAt: null } message, ..] && message.NotBefore <= sut.Now) sut.BeginSend();
            else if (sut.State.Outgoing is [{ AttemptStartedAt: not null }, ..]) sut.Sent();
            else if (sut.State.Batches is [{ AttemptStartedAt: not null, ReplyMessageId: null }, ..]) sut.Reply("answer");
            else
            {
                sut.Now = next > sut.Now ? next.Value : sut.Now;
                sut.Tick();
            }
        }

        throw new ShouldAssertException("The conversation did not come to rest.");
    }

    private static void Check(BookFixture sut, int received, string story)
    {
        var ended = sut.State.Outbox
            .Where(one => one.Name is EventNames.BatchCompleted or EventNames.BatchDeadLettered)
            .SelectMany(one => one.Batch!.ProviderMessageIds)
            .ToArray();
        var versions = sut.State.Outbox.Where(one => one.Batch is not null).Select(one => one.Batch!.Version).ToArray();
        versions.SequenceEqual(versions.Distinct().Order()).ShouldBeTrue("Records are told with rising versions: " + story);
        ended.ShouldBe(Enumerable.Range(1, received).Select(i => $"m{i}"), story);
        var replies = sut.State.Outbox.Count(one => one.Name == EventNames.MessageSent);
        replies.ShouldBe(sut.State.Outbox.Count(one => one.Name == EventNames.BatchCompleted), story);
    }
}
