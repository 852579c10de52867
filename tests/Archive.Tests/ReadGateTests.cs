namespace Waqtor.Archive.Tests;

public sealed class ReadGateTests
{
    [Fact]
    public async Task Read_ThatWaitedTooLong_IsRefusedAndLeavesItsPlaceInTheLine()
    {
        var clock = new LateClock();
        using var sut = new ReadGate(new ArchiveOptions { ReadsMax = 1, WaitingReadsMax = 1, ReadWaitSeconds = 7 }, clock);
        var held = new TaskCompletionSource<int>();
        var first = sut.RunAsync(() => held.Task, CancellationToken.None);

        for (var round = 0; round < 2; round++)
        {
            var waiting = sut.RunAsync(() => Task.FromResult(2), CancellationToken.None);
            waiting.IsCompleted.ShouldBeFalse();
            clock.Due.ShouldBe(TimeSpan.FromSeconds(7));
            clock.Fire();
            (await Should.ThrowAsync<ArchiveBusyException>(waiting)).Message.ShouldContain("Waqtor:Archive:ReadWaitSeconds");
        }

        held.SetResult(1);
        (await first).ShouldBe(1);
        (await sut.RunAsync(() => Task.FromResult(3), CancellationToken.None)).ShouldBe(3);
    }

    [Fact]
    public async Task Read_ThatFails_GivesUpItsPlace()
    {
        using var sut = new ReadGate(new ArchiveOptions { ReadsMax = 1, WaitingReadsMax = 0 }, new LateClock());

        await Should.ThrowAsync<IOException>(sut.RunAsync<int>(() => throw new IOException(), CancellationToken.None));

        (await sut.RunAsync(() => Task.FromResult(1), CancellationToken.None)).ShouldBe(1);
    }

    /// <summary>Its newest timer fires when the test says so.</summary>
    private sealed class LateClock : TimeProvider
    {
        private Action? _fire;

        public TimeSpan Due { get; private set; }

        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            _fire = () => callback(state);
            return new Handle();
        }

        private sealed class Handle : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
