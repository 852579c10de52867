using Waqtor.Access;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>One idempotency key in memory.</summary>
internal sealed class FakeIdempotency : IIdempotencyGrain
{
    private string? _hash;
    private IdempotencyAnswer? _answer;

    public Task<IdempotencyAnswer> BeginAsync(string requestHash)
    {
        if (_hash is null)
        {
            _hash = requestHash;
            return Task.FromResult(new IdempotencyAnswer(IdempotencyState.New));
        }

        if (_hash != requestHash) return Task.FromResult(new IdempotencyAnswer(IdempotencyState.OtherRequest));
        return Task.FromResult(_answer ?? new IdempotencyAnswer(IdempotencyState.InProgress));
    }

    public Task CompleteAsync(string requestHash, int statusCode, string? contentType, string body)
    {
        _answer = new IdempotencyAnswer(IdempotencyState.Completed, statusCode, contentType, body);
        return Task.CompletedTask;
    }

    public Task AbandonAsync(string requestHash)
    {
        _hash = null;
        return Task.CompletedTask;
    }
}
