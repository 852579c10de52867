namespace Orleans.Placement;

/// <summary>
/// Base of the placement attributes. With one silo there is nothing to place, so they are accepted and ignored.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
