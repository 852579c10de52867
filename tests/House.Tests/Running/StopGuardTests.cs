using Waqtor.Silo.Commands;

namespace Waqtor.House.Tests.Running;

public sealed class StopGuardTests : IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly StandingClock _clock = new();
    private int _ended;

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public void Watch_Running_SetsNoTime()
    {
        using var sut = Watch();

        _clock.Due.ShouldBeEmpty();
    }

    [Fact]
    public async Task Watch_StopTooLong_Ends()
    {
        using var sut = Watch();

        await _stopping.CancelAsync();

        _clock.Due.ShouldHaveSingleItem().After.ShouldBe(StopTimeout + StopGuard.Grace);
        _ended.ShouldBe(0);
        _clock.Due[0].Run();
        _ended.ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_StopInTime_LetsTheProcessEndByItself()
    {
        var sut = Watch();
        await _stopping.CancelAsync();

        sut.Dispose();

        _clock.Due.ShouldBeEmpty();
    }

    private StopGuard Watch()
    {
        var guard = new StopGuard(_clock, () => _ended++);
        guard.Watch(StopTimeout, _stopping.Token);
        return guard;
    }

    private sealed class StandingClock : TimeProvider
    {
        public List<(TimeSpan After, Action Run)> Due { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Due.Add((dueTime, () => callback(state)));
            return new NoTimer(Due.Clear);
        }
    }

    private sealed class NoTimer(Action dispose) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => dispose();

        public ValueTask DisposeAsync()
        {
            dispose();
            return ValueTask.CompletedTask;
        }
    }
}
