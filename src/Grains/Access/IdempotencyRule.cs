namespace Waqtor.Access;

/// <summary>What a write with a known key is told.</summary>
public static class IdempotencyRule
{
    /// <summary>
    /// Remembered for the whole time once completed. Begun and never ended means, after a while, that its node died:
    /// then the key is free again, for the same request or another.
    /// </summary>
    public static IdempotencyState Decide(
        IdempotencyRecord record, string requestHash, DateTimeOffset now, AccessOptions options)
    {
        var age = now - record.BegunAt;
        if (record.RequestHash is null || age >= TimeSpan.FromHours(options.IdempotencyHours)) return IdempotencyState.New;
        if (!record.Completed && age >= TimeSpan.FromSeconds(options.IdempotencyInProgressSeconds)) return IdempotencyState.New;
        if (record.RequestHash != requestHash) return IdempotencyState.OtherRequest;
        return record.Completed ? IdempotencyState.Completed : IdempotencyState.InProgress;
    }
}
