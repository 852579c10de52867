namespace Waqtor.Simulation.Bugs;

/// <summary>All mistakes that the simulation must find.</summary>
internal static class PlantedBugs
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(PlantedBug).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsNested: false } && type.IsSubclassOf(typeof(PlantedBug)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    public static PlantedBug Make(string name) =>
        All.FirstOrDefault(type => type.Name == name) is { } found ? (PlantedBug)Activator.CreateInstance(found)! : PlantedBug.None;
}
