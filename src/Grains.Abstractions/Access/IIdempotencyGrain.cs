namespace Waqtor.Access;

/// <summary>
/// Remembers the answer to a write with an <c>Idempotency-Key</c> for 24 hours. Key: the caller's key id and the header.
/// </summary>
[Alias("waqtor.IIdempotencyGrain")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>Begins a write. See <see cref="IdempotencyState"/> for what the caller then does.</summary>
    [Alias("BeginAsync")]
    Task<IdempotencyAnswer> BeginAsync(string requestHash);

    /// <summary>Keeps the answer for the same request to come.</summary>
    [Alias("CompleteAsync")]
    Task CompleteAsync(string requestHash, int statusCode, string? contentType, string body);

    /// <summary>The write did not happen; the next one with this key is new.</summary>
    [Alias("AbandonAsync")]
    Task AbandonAsync(string requestHash);
}
