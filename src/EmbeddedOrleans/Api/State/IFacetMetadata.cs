namespace Orleans;

/// <summary>Marks attributes of constructor parameters that the silo fills.</summary>
public interface IFacetMetadata;
