using System.Text;
using Microsoft.Extensions.Options;

namespace Waqtor.Access;

/// <inheritdoc cref="IIdempotencyGrain" />
[GrainType("idempotency")]
public sealed class IdempotencyGrain(
    [PersistentState("idempotency", GrainStorageNames.Waqtor)] IPersistentState<IdempotencyRecord> state,
    TimeProvider clock,
    IOptions<AccessOptions> options) : Grain, IIdempotencyGrain, IRemindable
{
    private const string ExpiryReminder = "expiry";
    private static readonly TimeSpan ExpiryRetry = TimeSpan.FromHours(1);

    private TimeSpan Lifetime => TimeSpan.FromHours(options.Value.IdempotencyHours);

    public async Task<IdempotencyAnswer> BeginAsync(string requestHash)
    {
        var record = state.State;
        var now = clock.GetUtcNow();
        var answer = IdempotencyRule.Decide(record, requestHash, now, options.Value);
        if (answer == IdempotencyState.Completed)
        {
            return new IdempotencyAnswer(answer, record.StatusCode, record.ContentType, record.Body);
        }

        if (answer != IdempotencyState.New) return new IdempotencyAnswer(answer);

        // Reminder before state: a tick without state removes itself, state without a tick would stay for ever.
        await this.RegisterOrUpdateReminder(ExpiryReminder, Lifetime, ExpiryRetry);
        state.State = new IdempotencyRecord { RequestHash = requestHash, BegunAt = now };
        await state.WriteOrForgetAsync(this);
        return new IdempotencyAnswer(IdempotencyState.New);
    }

    public async Task CompleteAsync(string requestHash, int statusCode, string? contentType, string body)
    {
        var record = state.State;
        if (record.RequestHash != requestHash || record.Completed) return;
        var keepsBody = Encoding.UTF8.GetByteCount(body) <= options.Value.IdempotencyBodyBytesMax;
        record.Completed = true;
        record.StatusCode = statusCode;
        record.ContentType = keepsBody ? contentType : null;
        record.Body = keepsBody ? body : null;
        await state.WriteOrForgetAsync(this);
    }

    public async Task AbandonAsync(string requestHash)
    {
        if (state.State.RequestHash != requestHash || state.State.Completed) return;
        await ForgetAsync();
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (state.State.RequestHash is not null && clock.GetUtcNow() - state.State.BegunAt < Lifetime) return;
        await ForgetAsync();
    }

    private async Task ForgetAsync()
    {
        await state.ClearOrForgetAsync(this);
        if (await this.GetReminder(ExpiryReminder) is { } reminder) await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }
}
