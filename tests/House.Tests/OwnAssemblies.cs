using System.Reflection;

namespace Waqtor.House.Tests;

/// <summary>The compiled projects under <c>src</c>, by folder name.</summary>
internal static class OwnAssemblies
{
    private static readonly Assembly Silo = typeof(Waqtor.Silo.Configuration.OptionsCatalog).Assembly;

    public static IReadOnlyDictionary<string, Assembly> ByProject { get; } = Repository.Files("src", "*.csproj")
        .Select(path => System.IO.Path.GetFileNameWithoutExtension(path))
        .ToDictionary(name => name, Load);

    public static Assembly Abstractions => ByProject["Grains.Abstractions"];

    public static Assembly Grains => ByProject["Grains"];

    /// <summary>The project of an assembly, or null when it is not ours.</summary>
    public static string? ProjectOf(string? assemblyName) => assemblyName switch
    {
        null => null,
        "waqtor" => "Silo",
        "EmbeddedOrleans" => "EmbeddedOrleans",
        _ when assemblyName.StartsWith("Waqtor.", StringComparison.Ordinal) => assemblyName["Waqtor.".Length..],
        _ => null,
    };

    private static Assembly Load(string project) => project switch
    {
        "Silo" => Silo,
        "EmbeddedOrleans" => Assembly.Load("EmbeddedOrleans"),
        _ => Assembly.Load("Waqtor." + project),
    };
}
