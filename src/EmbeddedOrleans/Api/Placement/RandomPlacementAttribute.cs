namespace Orleans.Placement;

/// <summary>Accepted and ignored: there is one silo.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute : PlacementAttribute;
