namespace Orleans;

/// <summary>How members without an explicit id are numbered on the wire.</summary>
public enum GenerateFieldIds
{
    None = 0,
    PublicProperties = 1,
}
