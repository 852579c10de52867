using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using EmbeddedOrleans.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace EmbeddedOrleans.Activations;

/// <summary>The grain classes of the application and which interface means which of them.</summary>
internal sealed class GrainClasses
{
    private readonly FrozenDictionary<GrainType, GrainClass> _byGrainType;
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _byInterface = new();

    public GrainClasses(IOptions<EmbeddedSiloOptions> options, IOptions<GrainCollectionOptions> collection)
    {
        var classes = new Dictionary<GrainType, GrainClass>();
        foreach (var type in ApplicationParts.FindGrainClasses(options.Value.AssemblyList))
        {
            var age = collection.Value.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var specific)
                ? specific
                : collection.Value.CollectionAge;
            var grainClass = new GrainClass(type, age);
            if (!classes.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new OrleansConfigurationException(
                    $"{type.FullName} and {classes[grainClass.GrainType].Type.FullName} "
                    + $"have the same grain type '{grainClass.GrainType}'.");
            }
        }

        _byGrainType = classes.ToFrozenDictionary();
    }

    public IEnumerable<GrainClass> All => _byGrainType.Values;

    public GrainClass? Find(GrainType grainType) => _byGrainType.GetValueOrDefault(grainType);

    public GrainType Resolve(Type interfaceType, string? classNamePrefix) =>
        _byInterface.TryGetValue((interfaceType, classNamePrefix), out var grainType)
            ? grainType
            : _byInterface.GetOrAdd((interfaceType, classNamePrefix), key => Search(key.Interface, key.Prefix));

    private GrainType Search(Type interfaceType, string? classNamePrefix)
    {
        if (!interfaceType.IsInterface) throw new ArgumentException($"{interfaceType} is not a grain interface.");

        var found = All
            .Where(c => interfaceType.IsAssignableFrom(c.Type))
            .Where(c =>
                classNamePrefix is null || c.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToList();
        if (found.Count > 1 && found.SingleOrDefault(c => "I" + c.Type.Name == interfaceType.Name) is { } sameName)
        {
            return sameName.GrainType;
        }

        return found switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}"),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}: "
                + $"it is implemented by {string.Join(", ", found.Select(c => c.Type.FullName))}"),
        };
    }
}
