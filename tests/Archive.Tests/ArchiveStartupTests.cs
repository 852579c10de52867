using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;

namespace Waqtor.Archive.Tests;

public sealed class ArchiveStartupTests
{
    [Fact]
    public async Task Start_DatabaseAway_GoesOnAndOpensItLater()
    {
        var store = new AwayStore(new IOException("Nobody listens."));
        using var sut = new ArchiveStartup(store, new QuickClock(), NullLogger<ArchiveStartup>.Instance);

        await sut.StartingAsync(CancellationToken.None);
        store.IsOpen.ShouldBeFalse();
        store.ComesBack();
        await sut.Opening.WaitAsync(TimeSpan.FromSeconds(30));

        store.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_DatabaseSilent_GoesOnWithoutIt()
    {
        var store = new AwayStore(null);
        using var sut = new ArchiveStartup(store, new QuickClock(), NullLogger<ArchiveStartup>.Instance);

        await sut.StartingAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        store.ComesBack();
        await sut.Opening.WaitAsync(TimeSpan.FromSeconds(30));

        store.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_DatabaseRefuses_FailsWithTheReason()
    {
        using var sut = new ArchiveStartup(new AwayStore(new ArchiveSettingsException("ConnectionString", "no.")), new QuickClock(), NullLogger<ArchiveStartup>.Instance);

        (await Should.ThrowAsync<ArchiveSettingsException>(sut.StartingAsync(CancellationToken.None))).Message.ShouldBe("Waqtor:Archive:ConnectionString: no.");
    }

    [Fact]
    public async Task Stop_DatabaseStillAway_EndsTheTrying()
    {
        using var sut = new ArchiveStartup(new AwayStore(new IOException("Nobody listens.")), new QuickClock(), NullLogger<ArchiveStartup>.Instance);
        await sut.StartingAsync(CancellationToken.None);

        await sut.StoppingAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        sut.Opening.IsCompletedSuccessfully.ShouldBeTrue();
    }

    // What is to come in seconds comes at once.
    private sealed class QuickClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }

    /// <param name="failure">How each try fails; null: it does not end.</param>
    private sealed class AwayStore(Exception? failure) : IArchiveStore
    {
        private readonly TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ArchiveDialect Dialect => ArchiveDialect.Postgres;

        public bool IsOpen { get; private set; }

        public void ComesBack() => _back.SetResult();

        public async Task MigrateAsync(CancellationToken cancellationToken)
        {
            if (failure is null) await _back.Task.WaitAsync(cancellationToken);
            else if (!_back.Task.IsCompleted) throw failure;
            IsOpen = true;
        }

        public bool IsAway(Exception exception) => exception is IOException;

        public Task WriteAsync(AppendPlan plan, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WriteProbeAsync(string mark, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> ReadProbeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
