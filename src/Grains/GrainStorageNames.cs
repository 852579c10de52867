namespace Waqtor;

/// <summary>Names of the stores grains keep their state in.</summary>
public static class GrainStorageNames
{
    public const string Waqtor = "waqtor";
}
