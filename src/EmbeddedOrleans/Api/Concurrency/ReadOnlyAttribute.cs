namespace Orleans.Concurrency;

/// <summary>Calls of such methods interleave with each other, but not with other calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
