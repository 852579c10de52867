namespace Orleans;

/// <summary>Activations of this class are not collected when idle.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute;
