namespace Waqtor.House.Tests.Arrows;

/// <summary>Which project may use which: the table of ARCHITECTURE.md.</summary>
internal static class ProjectArrows
{
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["EmbeddedOrleans"] = [],
        ["SmartBot"] = [],
        ["Grains.Abstractions"] = ["EmbeddedOrleans"],
        ["WhatsApp"] = ["Grains.Abstractions", "EmbeddedOrleans"],
        ["Archive"] = ["Grains.Abstractions", "EmbeddedOrleans"],
        ["Grains"] = ["Grains.Abstractions", "WhatsApp", "SmartBot", "Archive", "EmbeddedOrleans"],
        ["Api"] = ["Grains.Abstractions", "WhatsApp", "EmbeddedOrleans"],
        ["Silo"] = ["Api", "Grains", "SmartBot", "Archive", "WhatsApp", "Grains.Abstractions", "EmbeddedOrleans"],
    };
}
