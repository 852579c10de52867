using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Waqtor.Silo.Configuration;

/// <summary>Prints the configuration reference from the option types and their doc comments.</summary>
public static class ConfigurationReference
{
    private const string Head = """
        # Configuration

        This page is printed by the program; do not edit it: `dotnet run --project src/Silo -- config-doc > docs/operating/configuration.md`.

        Settings come, the later winning, from

        1. `appsettings.json` beside the program,
        2. `appsettings.json` in the working directory,
        3. the environment, with two underscores for each colon: `Waqtor__DataPath=/srv/waqtor`,
        4. the command line: `--Waqtor:DataPath=/srv/waqtor`.

        They are checked at start; a value out of its limits keeps the server from starting, a key that nothing reads is
        a warning. `dotnet run --project src/Silo -- check-config` checks without starting, and takes such a key for an error.

        """;

    public static string Print()
    {
        var text = new StringBuilder(Head);
        foreach (var section in OptionsCatalog.Entries.GroupBy(entry => entry.Section)) PrintGroup(text, [.. section.Select(entry => entry.Type)], section.Key, "##");
        return text.ToString().ReplaceLineEndings("\n");
    }

    // Several parts may share a section: each has its own type with its own keys.
    private static void PrintGroup(StringBuilder text, IReadOnlyList<Type> types, string section, string heading)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{heading} `{section}`").AppendLine();
        text.AppendLine(string.Join(' ', types.Select(type => DocComments.Of(type.Assembly).Type(type))));
        var keys = types.SelectMany(OptionsCatalog.Keys).ToList();
        var values = keys.Where(key => !OptionsCatalog.IsGroup(key.PropertyType)).ToList();
        if (values.Count > 0)
        {
            text.AppendLine().AppendLine("| key | type | default | meaning |").AppendLine("|---|---|---|---|");
            foreach (var key in values) text.AppendLine(Row(key, section));
        }

        foreach (var group in keys.Except(values)) PrintGroup(text, [group.PropertyType], $"{section}:{group.Name}", heading + "#");
    }

    private static string Row(PropertyInfo key, string section)
    {
        var value = key.GetValue(Activator.CreateInstance(key.DeclaringType!));
        var meaning = DocComments.Of(key.DeclaringType!.Assembly).Property(key);
        return $"| `{section}:{key.Name}` | {Describe(key.PropertyType)} | {Show(value)} | {meaning} |";
    }

    private static string Describe(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value.IsEnum ? string.Join(", ", Enum.GetNames(value).Select(name => $"`{char.ToLowerInvariant(name[0])}{name[1..]}`"))
            : value == typeof(string) ? "text"
            : value == typeof(bool) ? "yes or no"
            : value == typeof(TimeSpan) ? "time span"
            : value == typeof(double) || value == typeof(decimal) ? "number"
            : value.IsPrimitive ? "whole number"
            : value.IsAssignableTo(typeof(IDictionary)) ? "map"
            : value.IsAssignableTo(typeof(IEnumerable)) ? "list"
            : value.Name;
    }

    private static string Show(object? value) => value switch
    {
        null or "" => "none",
        bool flag => flag ? "`true`" : "`false`",
        string text => $"`{text}`",
        Enum choice => $"`{char.ToLowerInvariant(choice.ToString()[0])}{choice.ToString()[1..]}`",
        IEnumerable items => items.Cast<object>().Any() ? string.Join(", ", items.Cast<object>().Select(item => $"`{item}`")) : "none",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };
}
