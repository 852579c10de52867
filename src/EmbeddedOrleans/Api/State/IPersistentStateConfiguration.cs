namespace Orleans.Runtime;

/// <summary>Which record a state parameter is.</summary>
public interface IPersistentStateConfiguration
{
    string StateName { get; }

    string? StorageName { get; }
}
