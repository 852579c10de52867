namespace Orleans.Concurrency;

/// <summary>Every call to this grain class may start while others await.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
