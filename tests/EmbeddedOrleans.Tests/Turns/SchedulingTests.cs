namespace EmbeddedOrleans.Tests.Turns;

/// <summary>That code of one activation never runs on two threads at once, however its tasks are started.</summary>
public sealed class SchedulingTests : ClusterTest
{
    protected override bool UsesRealTime => true;

    public interface IManyTasksGrain : IGrainWithStringKey
    {
        Task<int> RunAsync(int tasks, int steps);

        Task<bool> StaysOnItsSchedulerAsync();
    }

    [Fact]
    public async Task Tasks_OfOneActivation_NeverOverlap()
    {
        var sut = Grain<IManyTasksGrain>();

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sut.RunAsync(tasks: 20, steps: 50)));

        counts.Max().ShouldBe(8 * 20 * 50);
    }

    [Fact]
    public async Task Await_OfSomethingElsewhere_ComesBackToTheActivation() =>
        (await Grain<IManyTasksGrain>().StaysOnItsSchedulerAsync()).ShouldBeTrue();

    [Orleans.Concurrency.Reentrant]
    public sealed class ManyTasksGrain : Grain, IManyTasksGrain
    {
        private int _count;

        public async Task<int> RunAsync(int tasks, int steps)
        {
            // The count is not atomic: two threads at once would lose some.
            await Task.WhenAll(Enumerable.Range(0, tasks).Select(async _ =>
            {
                for (var i = 0; i < steps; i++)
                {
                    var seen = _count;
                    _count = seen + 1;
                    await Task.Yield();
                }
            }));
            return _count;
        }

        public async Task<bool> StaysOnItsSchedulerAsync()
        {
            var before = TaskScheduler.Current;
            await Task.Run(static () => { });
            var afterRun = TaskScheduler.Current;
            var started = await Task.Factory.StartNew(static () => TaskScheduler.Current);
            return before != TaskScheduler.Default && before == afterRun && before == started;
        }
    }
}
