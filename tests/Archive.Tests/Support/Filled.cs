using System.Collections.Immutable;
using System.Reflection;

namespace Waqtor.Archive.Tests;

/// <summary>Records in which every member says something, whatever members there come to be.</summary>
public static class Filled
{
    // Finer than a millisecond, which is what the columns hold.
    private static readonly DateTimeOffset Odd = Sample.Start.AddTicks(1_234_567);

    public static T Make<T>() => (T)Make(typeof(T), typeof(T).Name);

    private static object Make(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return name;
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return Odd;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(1)!;
        if (type.IsPrimitive) return Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return MakeList(type.GetGenericArguments()[0], name);
        return MakeRecord(type);
    }

    private static object MakeRecord(Type type)
    {
        // The copy constructor takes the record itself.
        var constructor = type.GetConstructors().First(one => one.GetParameters() is not [{ ParameterType: var only }] || only != type);
        var record = constructor.Invoke([.. constructor.GetParameters().Select(one => Make(one.ParameterType, one.Name!))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.CanWrite))
        {
            property.SetValue(record, Make(property.PropertyType, property.Name));
        }

        return record;
    }

    private static object MakeList(Type item, string name)
    {
        var array = Array.CreateInstance(item, 1);
        array.SetValue(Make(item, name), 0);
        return typeof(ImmutableArray).GetMethods()
            .Single(one => one.Name == nameof(ImmutableArray.Create) && one.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item)
            .Invoke(null, [array])!;
    }
}
