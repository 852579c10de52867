using System.Collections.Immutable;
using Waqtor.Events;

namespace Waqtor.Grains.Tests.Events;

public sealed class TopicOutletTests
{
    private readonly List<string> _published = [];
    private readonly List<int> _calls = [];
    private readonly HastyClock _clock = new();
    private int _dropped;

    [Fact]
    public Task Add_WhileACallRuns_GoesWithTheNextInOrder() => InTurnsAsync(async () =>
    {
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var sut = new TopicOutlet(100, 10, async events => { Record(events); started.TrySetResult(); await gate.Task; }, BeginAnew, Drop, _clock);
        sut.Add(Event(0));
        await started.Task;

        for (var i = 1; i < 25; i++) sut.Add(Event(i));
        gate.SetResult();
        await sut.Running;

        _published.ShouldBe(Enumerable.Range(0, 25).Select(i => $"evt_{i}"));
        _calls.ShouldBe([1, 10, 10, 4]);
    });

    [Fact]
    public Task Add_TopicFailsOnce_IsTriedAgain() => InTurnsAsync(async () =>
    {
        var failures = 1;
        var sut = new TopicOutlet(100, 10, events =>
        {
            if (failures-- > 0) throw new InvalidOperationException();
            Record(events);
            return Task.CompletedTask;
        }, BeginAnew, Drop, _clock);

        sut.Add(Event(1));
        await sut.Running;

        _published.ShouldBe(["evt_1"]);
        _dropped.ShouldBe(0);
    });

    [Fact]
    public Task Add_TopicIsDown_DropsAndGoesOn() => InTurnsAsync(async () =>
    {
        var sut = new TopicOutlet(100, 1, events => events[0].Id == "evt_1"
            ? Task.FromException(new InvalidOperationException())
            : Publish(events), BeginAnew, Drop, _clock);

        sut.Add(Event(1));
        sut.Add(Event(2));
        await sut.Running;

        // Readers must not take the sequence for whole.
        _published.ShouldBe(["anew", "evt_2"]);
        _dropped.ShouldBe(1);
    });

    [Fact]
    public Task Add_TopicIsAwayForSeconds_WaitsForItAndLosesNothing() => InTurnsAsync(async () =>
    {
        var back = _clock.GetUtcNow() + TimeSpan.FromSeconds(12);
        var sut = new TopicOutlet(100, 1, events => _clock.GetUtcNow() < back
            ? Task.FromException(new InvalidOperationException())
            : Publish(events), BeginAnew, Drop, _clock);

        sut.Add(Event(1));
        sut.Add(Event(2));
        await sut.Running;

        _published.ShouldBe(["evt_1", "evt_2"]);
        _dropped.ShouldBe(0);
        (_clock.GetUtcNow() - back).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    });

    [Fact]
    public Task Stop_TopicIsDown_GivesUpAtOnce() => InTurnsAsync(async () =>
    {
        var sut = new TopicOutlet(100, 1, _ => Task.FromException(new InvalidOperationException()), BeginAnew, Drop, _clock);

        sut.Add(Event(1));
        sut.Stop();
        await sut.Running;

        _dropped.ShouldBe(1);
    });

    [Fact]
    public Task Add_MoreThanTheQueueHolds_DropsTheOldest() => InTurnsAsync(async () =>
    {
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var sut = new TopicOutlet(3, 1, async events => { Record(events); started.TrySetResult(); await gate.Task; }, BeginAnew, Drop, _clock);
        sut.Add(Event(0));
        await started.Task;

        for (var i = 1; i <= 5; i++) sut.Add(Event(i));
        gate.SetResult();
        await sut.Running;

        _published.ShouldBe(["evt_0", "anew", "evt_3", "evt_4", "evt_5"]);
        _dropped.ShouldBe(2);
    });

    // As in the grain that has it: one thing at a time.
    private static Task InTurnsAsync(Func<Task> test) => Task.Factory.StartNew(
        test, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private Task BeginAnew()
    {
        _published.Add("anew");
        return Task.CompletedTask;
    }

    private Task Publish(ImmutableArray<DomainEvent> events)
    {
        Record(events);
        return Task.CompletedTask;
    }

    private void Record(ImmutableArray<DomainEvent> events)
    {
        _calls.Add(events.Length);
        _published.AddRange(events.Select(one => one.Id));
    }

    private void Drop(int count, Exception? exception) => _dropped += count;

    private static DomainEvent Event(int i) =>
        new() { Id = $"evt_{i}", Name = "test", At = DateTimeOffset.UnixEpoch, Instance = "shop" };
}
