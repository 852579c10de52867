namespace Orleans.Concurrency;

/// <summary>Calls of this method start at once, whatever else the activation is doing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
