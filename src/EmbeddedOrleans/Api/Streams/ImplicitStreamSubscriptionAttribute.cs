namespace Orleans;

/// <summary>Subscribes grains of this class to every stream of the namespace whose key is theirs.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ImplicitStreamSubscriptionAttribute : Attribute
{
    public ImplicitStreamSubscriptionAttribute(string streamNamespace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(streamNamespace);
        StreamNamespace = streamNamespace.Trim();
    }

    internal string StreamNamespace { get; }
}
