using System.Collections.Immutable;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Waqtor.House.Tests.Contracts;

/// <summary>What travels between grains and what they store, found by reflection.</summary>
internal static class WireTypes
{
    private static readonly Type[] GrainInterfaceMarkers = [typeof(IGrainWithStringKey), typeof(IGrainWithIntegerKey), typeof(IGrainWithGuidKey)];

    /// <summary>Grain interfaces of the product.</summary>
    public static IReadOnlyList<Type> GrainInterfaces { get; } = [.. OwnAssemblies.Abstractions.GetTypes()
        .Concat(OwnAssemblies.Grains.GetTypes())
        .Where(type => type.IsInterface && GrainInterfaceMarkers.Any(marker => marker.IsAssignableFrom(type)))];

    public static IReadOnlyList<Type> GrainClasses { get; } = [.. OwnAssemblies.ByProject.Values
        .Where(assembly => assembly.GetName().Name != "EmbeddedOrleans")
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type))];

    /// <summary>All types marked as serialised, messages and state alike.</summary>
    public static IReadOnlyList<Type> Serialized { get; } = [.. OwnAssemblies.ByProject.Values
        .Where(assembly => assembly.GetName().Name != "EmbeddedOrleans")
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)];

    /// <summary>State roots: T of every IPersistentState&lt;T&gt; that a grain asks for.</summary>
    public static IReadOnlyList<Type> StateRoots { get; } = [.. GrainClasses
        .SelectMany(grain => grain.GetConstructors())
        .SelectMany(constructor => constructor.GetParameters())
        .Where(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>() is not null)
        .Select(parameter => parameter.ParameterType.GetGenericArguments()[0])
        .Distinct()];

    /// <summary>Types of ours in the signatures of grain calls.</summary>
    public static IEnumerable<Type> InSignatures() => GrainInterfaces.SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
        .SelectMany(Unwrap).Where(IsOurs).Distinct();

    /// <summary>A type and all types of ours that it is made of.</summary>
    public static IReadOnlyCollection<Type> Closure(IEnumerable<Type> roots)
    {
        var seen = new HashSet<Type>();
        var queue = new Queue<Type>(roots);
        while (queue.TryDequeue(out var type))
        {
            if (!seen.Add(type)) continue;
            foreach (var member in Members(type).Select(TypeOf).SelectMany(Unwrap).Where(IsOurs)) queue.Enqueue(member);
        }

        return seen;
    }

    /// <summary>Members that carry data: they can be set, or are set by the constructor.</summary>
    public static IEnumerable<MemberInfo> Members(Type type) => type.IsEnum ? [] : type
        .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
        .Cast<MemberInfo>()
        .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance));

    public static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    /// <summary>The parts of generic types and arrays, and the type itself.</summary>
    public static IEnumerable<Type> Unwrap(Type type) => type.IsArray ? Unwrap(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Append(type)
        : [type];

    public static bool IsOurs(Type type) => !type.IsGenericParameter && type.Namespace?.StartsWith("Waqtor", StringComparison.Ordinal) == true;

    public static bool IsImmutable(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsPrimitive || plain.IsEnum) return true;
        if (plain == typeof(string) || plain == typeof(decimal) || plain == typeof(Guid)) return true;
        if (plain == typeof(DateTimeOffset) || plain == typeof(TimeSpan) || plain == typeof(DateOnly) || plain == typeof(CancellationToken)) return true;
        if (plain.IsGenericType && plain.Namespace == typeof(ImmutableArray).Namespace) return plain.GetGenericArguments().All(IsImmutable);
        return IsOurs(plain) && plain.GetCustomAttribute<ImmutableAttribute>() is not null;
    }
}
