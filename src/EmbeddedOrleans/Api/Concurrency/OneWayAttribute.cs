namespace Orleans.Concurrency;

/// <summary>The caller's task completes when the request is queued; its outcome is only logged.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
