using System.Reflection;

namespace Waqtor.Silo.Configuration;

/// <summary>
/// All options there are: every public class of ours named <c>XOptions</c> that says its place in a constant
/// <c>Section</c>, relative to <c>Waqtor</c>. Check, reference and their tests all go by this list.
/// </summary>
public static class OptionsCatalog
{
    public const string Root = "Waqtor";

    public static IReadOnlyList<OptionsEntry> Entries { get; } = Find();

    /// <summary>The settable properties of an options type; what has no setter is computed and no key.</summary>
    public static IEnumerable<PropertyInfo> Keys(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>True for a group of keys of its own rather than a value.</summary>
    public static bool IsGroup(Type type) => type is { IsClass: true } && type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true;

    private static List<OptionsEntry> Find() => [.. Assemblies()
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal))
        .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(found => found.Section is not null)
        .Select(found => new OptionsEntry(found.Type, Join(found.Section!)))
        .OrderBy(entry => entry.Section.Length == Root.Length ? "" : entry.Section, StringComparer.Ordinal)];

    private static string Join(string section) =>
        section.Length == 0 || section == Root ? Root
        : section.StartsWith(Root + ":", StringComparison.Ordinal) ? section
        : $"{Root}:{section}";

    // This assembly and all of ours that it is made of, also those that only another one uses.
    private static HashSet<Assembly> Assemblies()
    {
        var found = new HashSet<Assembly>();
        var queue = new Queue<Assembly>([typeof(OptionsCatalog).Assembly]);
        while (queue.TryDequeue(out var assembly))
        {
            if (!found.Add(assembly)) continue;
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Waqtor.", StringComparison.Ordinal)))
            {
                queue.Enqueue(Assembly.Load(name));
            }
        }

        return found;
    }
}
