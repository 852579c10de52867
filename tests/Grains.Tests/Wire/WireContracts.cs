using System.Reflection;
using System.Text;
using Orleans;
using Orleans.Runtime;
using Waqtor.Conversations;
using Waqtor.Realtime;

namespace Waqtor.Grains.Tests.Wire;

/// <summary>What nodes of different versions, and what a node and its store, must agree on: found by reflection.</summary>
internal static class WireContracts
{
    private static readonly Assembly[] Assemblies = [typeof(ITopicGrain).Assembly, typeof(ConversationGrain).Assembly];

    /// <summary>Everything that is sent or stored.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
        .OrderBy(Name, StringComparer.Ordinal)];

    /// <summary>T of every <see cref="IPersistentState{TState}"/> that a grain asks for.</summary>
    public static IReadOnlyList<Type> States { get; } = [.. GrainClasses
        .SelectMany(grain => grain.GetConstructors())
        .SelectMany(constructor => constructor.GetParameters())
        .Where(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>() is not null)
        .Select(parameter => parameter.ParameterType.GetGenericArguments()[0])
        .Distinct()
        .OrderBy(Name, StringComparer.Ordinal)];

    private static IEnumerable<Type> GrainClasses => Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type));

    /// <summary>The alias under which a type is known.</summary>
    public static string Name(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName!;

    /// <summary>Members that carry data, by their ids.</summary>
    public static IEnumerable<(uint Id, PropertyInfo Property)> Members(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Select(property => (property.GetCustomAttribute<IdAttribute>()?.Id, property))
        .Where(member => member.Id is not null)
        .Select(member => (member.Id!.Value, member.property))
        .OrderBy(member => member.Value);

    /// <summary>All of it as text, sorted.</summary>
    public static string Print()
    {
        var text = new StringBuilder();
        foreach (var grain in GrainClasses.Select(GrainTypeName).Order(StringComparer.Ordinal)) Line(text, $"grain {grain}");
        foreach (var contract in Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type)).OrderBy(Name, StringComparer.Ordinal))
        {
            Line(text, $"interface {Name(contract)}");
            foreach (var method in contract.GetMethods().OrderBy(method => method.Name, StringComparer.Ordinal)) Line(text, $"  {Signature(method)}");
        }

        foreach (var type in Types)
        {
            Line(text, $"type {Name(type)}");
            if (type.IsEnum)
            {
                foreach (var value in Enum.GetValuesAsUnderlyingType(type)) Line(text, $"  {value} {Enum.GetName(type, value)}");
                continue;
            }

            foreach (var (id, property) in Members(type)) Line(text, $"  {id} {property.Name}: {Describe(property.PropertyType)}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string? GrainTypeName(Type grain) => grain.GetCustomAttributesData()
        .First(data => data.AttributeType.Name == "GrainTypeAttribute").ConstructorArguments[0].Value as string;

    private static string Signature(MethodInfo method) =>
        $"{method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Describe(parameter.ParameterType)))}): {Describe(method.ReturnType)}";

    private static string Describe(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{Describe(inner)}?";
        if (type.IsArray) return $"{Describe(type.GetElementType()!)}[]";
        if (type.IsGenericType) return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Describe))}>";
        return type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.Name;
    }
}
