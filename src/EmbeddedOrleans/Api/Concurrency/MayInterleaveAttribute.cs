namespace Orleans.Concurrency;

/// <summary>
/// Names a method of the grain class, <c>bool M(IInvokable request)</c>, static or not, that says of each request
/// whether it may interleave; it is asked about the arriving request and about the one that runs.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}
