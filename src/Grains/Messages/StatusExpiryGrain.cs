using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Waqtor.Messages;

/// <inheritdoc cref="IStatusExpiryGrain" />
/// <remarks>
/// The protocol (docs/adr/0016-message-statuses-expire.md):
/// 1. A status notes its key here before it stores anything for the first time: what is noted and never stored does no harm,
///    what is stored and not noted would stay for ever.
/// 2. Reentrant, so that keys gather while a write runs and share the next one; the invariant is one write at a time, by
///    <see cref="WriteAllAsync"/> alone. A full page is kept first and leaves the open keys with the write after it: a crash in
///    between keeps it once more under the same number.
/// 3. Once an hour pages that are old enough are gone through. Who says that there is something yet, or does not answer,
///    is noted anew with the write that ends the page; the page itself is cleared after it, or by the next round.
/// The reminder is one per shard, and stays: there are as many as shards, whatever there is to keep.
/// </remarks>
[GrainType("status-expiry")]
[Reentrant]
public sealed partial class StatusExpiryGrain(
    [PersistentState("register", GrainStorageNames.Waqtor)] IPersistentState<StatusExpiryState> state,
    TimeProvider clock,
    IOptions<MessageStatusOptions> options,
    ILogger<StatusExpiryGrain> logger) : Grain, IStatusExpiryGrain, IRemindable
{
    private const string RoundReminder = "round";
    private static readonly TimeSpan RoundPeriod = TimeSpan.FromHours(1);

    private readonly List<Change> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private Task _round = Task.CompletedTask;
    private bool _isReminded;
    private bool _isOver;

    private StatusExpiryBook Book => new(state.State, options.Value);

    public Task AddAsync(string key) => ChangeAsync(book => book.Add(key, clock.GetUtcNow()));

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_round.IsCompleted) _round = RoundAsync();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isOver = true;
        await Task.WhenAll(_writing, _round).WaitAsync(cancellationToken);
    }

    private Task ChangeAsync(Action<StatusExpiryBook> apply)
    {
        // What is in memory may never have happened; the next activation reads what the store has.
        if (_isOver) throw new OrleansException("The register of message statuses is being read again.");
        var change = new Change(apply, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Add(change);
        if (_writing.IsCompleted) _writing = WriteAllAsync();
        return change.Done.Task;
    }

    private async Task WriteAllAsync()
    {
        // Let the turn that began this end first: calls that are already waiting share the first write.
        await Task.Yield();
        while (_waiting.Count > 0)
        {
            var group = _waiting.ToArray();
            _waiting.Clear();
            try
            {
                await WriteAsync(group);
                foreach (var change in group) change.Done.SetResult();
            }
            catch (Exception exception)
            {
                _isOver = true;
                DeactivateOnIdle();
                foreach (var change in group.Concat(_waiting)) change.Done.SetException(exception);
                _waiting.Clear();
            }
        }
    }

    private async Task WriteAsync(Change[] group)
    {
        // Before the first key: a tick that finds nothing does no harm. One that is set stays as it is, or a shard that
        // often leaves memory would put it off for ever.
        if (!_isReminded && await this.GetReminder(RoundReminder) is null) await this.RegisterOrUpdateReminder(RoundReminder, RoundPeriod, RoundPeriod);
        _isReminded = true;
        var book = Book;
        foreach (var change in group) change.Apply(book);
        while (book.PageToClose(clock.GetUtcNow()) is { } page)
        {
            await Page(state.State.Next).KeepAsync(page);
            book.Closed(page);
        }

        await state.WriteStateAsync();
    }

    private async Task RoundAsync()
    {
        // Away from the tick, whose caller waits.
        await Task.Yield();
        try
        {
            // What a crash left of the page that was finished last.
            if (state.State.First > 0) await Page(state.State.First - 1).ClearAsync();
            if (Book.PageToClose(clock.GetUtcNow()) is not null) await ChangeAsync(_ => { });
            while (!_isOver && Book.HasPages)
            {
                var number = state.State.First;
                var page = await Page(number).ReadAsync();
                if (page is not null && !Book.IsDue(page, clock.GetUtcNow())) return;
                var again = page is null ? [] : await ExpireAsync(page.Keys);
                await ChangeAsync(book => book.Finish(number, again, clock.GetUtcNow()));
                await Page(number).ClearAsync();
            }
        }
        catch (Exception exception)
        {
            LogRoundFailed(logger, exception, this.GetPrimaryKeyLong());
        }
    }

    /// <summary>Those that are to be asked again.</summary>
    private async Task<ImmutableArray<string>> ExpireAsync(ImmutableArray<string> keys)
    {
        var again = ImmutableArray.CreateBuilder<string>();
        foreach (var some in keys.Distinct().Chunk(options.Value.ExpiryCallsMax))
        {
            var gone = await Task.WhenAll(some.Select(IsGoneAsync));
            again.AddRange(some.Where((_, index) => !gone[index]));
        }

        return again.ToImmutable();
    }

    private async Task<bool> IsGoneAsync(string key)
    {
        try
        {
            return await GrainFactory.GetGrain<IMessageStatusGrain>(key).ExpireAsync();
        }
        catch (Exception exception)
        {
            // One that cannot be read must not hold up all that come after it.
            LogExpireFailed(logger, exception, this.GetPrimaryKeyLong());
            return false;
        }
    }

    private IStatusExpiryPageGrain Page(long number) =>
        GrainFactory.GetGrain<IStatusExpiryPageGrain>(new StatusExpiryPageKey(this.GetPrimaryKeyLong(), number).ToString());

    [LoggerMessage(1, LogLevel.Warning, "Old message statuses of shard {Shard} could not be gone through; again in an hour.")]
    private static partial void LogRoundFailed(ILogger logger, Exception exception, long shard);

    [LoggerMessage(2, LogLevel.Warning, "A message status of shard {Shard} did not say whether it is old; it is asked again later.")]
    private static partial void LogExpireFailed(ILogger logger, Exception exception, long shard);

    private sealed record Change(Action<StatusExpiryBook> Apply, TaskCompletionSource Done);
}
