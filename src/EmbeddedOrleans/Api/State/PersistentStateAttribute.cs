namespace Orleans.Runtime;

/// <summary>
/// Asks for an <see cref="IPersistentState{TState}"/>. Without a storage name it lives in the default storage.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null)
    : Attribute, IFacetMetadata, IPersistentStateConfiguration
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
