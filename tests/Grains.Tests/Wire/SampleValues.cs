using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace Waqtor.Grains.Tests.Wire;

/// <summary>
/// Makes a value of any type that is sent or stored, with every member set to something of its own. The same in every
/// run; a member that is added later changes nothing before it.
/// </summary>
internal static class SampleValues
{
    private const int DepthMax = 5;
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static object Of(Type type) => Make(type, WireContracts.Name(type), 0)!;

    private static object? Make(Type type, string path, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(inner, path, depth);
        var number = Number(path);
        if (type == typeof(string)) return $"text {number} نص";
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return At.AddSeconds(number);
        if (type == typeof(TimeSpan)) return TimeSpan.FromSeconds(number);
        if (type == typeof(DateOnly)) return DateOnly.FromDateTime(At.UtcDateTime).AddDays(number);
        if (type == typeof(Guid)) return new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        if (type == typeof(byte[])) return new byte[] { (byte)number, 1, 2 };
        if (type == typeof(float[])) return new[] { number / 4f, 0.5f };
        if (type.IsEnum) return Enum.GetValues(type) is { Length: > 0 } values ? values.GetValue(number % values.Length) : null;
        if (type.IsPrimitive || type == typeof(decimal)) return Convert.ChangeType(number % 100, type, CultureInfo.InvariantCulture);
        if (type.IsArray) return MakeArray(type.GetElementType()!, path, depth);
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type)) return MakeCollection(type, path, depth);
        return depth >= DepthMax ? null : MakeObject(type, path, depth);
    }

    private static Array MakeArray(Type element, string path, int depth)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(Make(element, path + "[]", depth + 1), 0);
        return array;
    }

    private static object MakeCollection(Type type, string path, int depth)
    {
        var arguments = type.GetGenericArguments();
        var items = Array.CreateInstance(arguments.Length == 2 ? typeof(KeyValuePair<,>).MakeGenericType(arguments) : arguments[0], depth >= DepthMax ? 0 : 1);
        if (items.Length > 0)
        {
            items.SetValue(
                arguments.Length == 2
                    ? Activator.CreateInstance(items.GetType().GetElementType()!, Make(arguments[0], path + ".key", depth + 1), Make(arguments[1], path + ".value", depth + 1))
                    : Make(arguments[0], path + "[]", depth + 1),
                0);
        }

        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableArray<>)) return CallCreate(typeof(ImmutableArray), "ToImmutableArray", arguments, items);
        if (definition == typeof(ImmutableList<>)) return CallCreate(typeof(ImmutableList), "ToImmutableList", arguments, items);
        if (definition == typeof(ImmutableHashSet<>)) return CallCreate(typeof(ImmutableHashSet), "ToImmutableHashSet", arguments, items);
        if (definition == typeof(ImmutableDictionary<,>)) return CallCreate(typeof(ImmutableDictionary), "ToImmutableDictionary", arguments, items);
        return Activator.CreateInstance(type, items) ?? throw new NotSupportedException($"{path}: {type}");
    }

    private static object CallCreate(Type factory, string name, Type[] arguments, Array items) => factory.GetMethods()
        .First(method => method.Name == name && method.GetGenericArguments().Length == arguments.Length && method.GetParameters() is [{ ParameterType: var taken }]
            && taken.IsGenericType && taken.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .MakeGenericMethod(arguments).Invoke(null, [items])!;

    // The longest constructor that is not the one for copying, and then whatever can be set.
    private static object MakeObject(Type type, string path, int depth)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(one => one.GetParameters() is not [{ } only] || only.ParameterType != type)
            .OrderByDescending(one => one.GetParameters().Length).FirstOrDefault();
        var made = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, $"{path}.{parameter.Name!.ToUpperInvariant()}", depth + 1))]);
        foreach (var (_, property) in WireContracts.Members(type).Where(member => member.Property.SetMethod is not null))
            property.SetValue(made, Make(property.PropertyType, $"{path}.{property.Name.ToUpperInvariant()}", depth + 1));
        return made;
    }

    // FNV-1a: small, and the same in every process.
    private static int Number(string path)
    {
        var hash = 2166136261u;
        foreach (var character in path) hash = (hash ^ character) * 16777619u;
        return (int)(hash % 90_000) + 1;
    }
}
