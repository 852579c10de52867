namespace Waqtor.Access;

/// <summary>What is known of an idempotency key.</summary>
public enum IdempotencyState
{
    /// <summary>New: go on and complete it.</summary>
    New = 0,
    /// <summary>The same request is being worked on now: 409.</summary>
    InProgress = 1,
    /// <summary>Done before: give the same answer.</summary>
    Completed = 2,
    /// <summary>The key was used with another request: 422.</summary>
    OtherRequest = 3,
}
