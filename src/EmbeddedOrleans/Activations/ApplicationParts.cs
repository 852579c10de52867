using System.Reflection;
using Orleans;

namespace EmbeddedOrleans.Activations;

/// <summary>Finds grain classes in the assemblies of the application that use this engine.</summary>
internal static class ApplicationParts
{
    public static IEnumerable<Type> FindGrainClasses(ICollection<Assembly> onlyThese)
    {
        var assemblies = onlyThese.Count > 0 ? onlyThese : FindAssemblies();
        return assemblies
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && IsGrainClass(t))
            .OrderBy(t => t.FullName, StringComparer.Ordinal);
    }

    private static bool IsGrainClass(Type type) =>
        typeof(IGrain).IsAssignableFrom(type) && !typeof(Orleans.Runtime.GrainReference).IsAssignableFrom(type);

    private static List<Assembly> FindAssemblies()
    {
        var engine = typeof(IGrain).Assembly.GetName().Name;
        var found = new Dictionary<string, Assembly>();
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic));
        if (Assembly.GetEntryAssembly() is { } entry) open.Enqueue(entry);
        var seen = open.Select(a => a.GetName().Name!).ToHashSet();

        while (open.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (!references.Any(r => r.Name == engine)) continue;

            found.TryAdd(assembly.FullName!, assembly);
            var unseen = references.Where(r => r.Name != engine && !IsFramework(r.Name!) && seen.Add(r.Name!));
            foreach (var reference in unseen)
            {
                open.Enqueue(Assembly.Load(reference));
            }
        }

        return [.. found.Values];
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal);
}
