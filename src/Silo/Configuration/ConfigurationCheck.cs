using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Waqtor.Silo.Configuration;

/// <summary>Finds what is wrong with a configuration: all of it at once, each line with the full key.</summary>
public static class ConfigurationCheck
{
    /// <summary>Values that cannot be read or are out of their limits.</summary>
    public static IReadOnlyList<string> FindErrors(IConfiguration configuration)
    {
        var errors = new List<string>();
        foreach (var entry in OptionsCatalog.Entries)
        {
            CheckGroup(entry.Type, configuration.GetSection(entry.Section), errors);
        }

        return errors;
    }

    /// <summary>Keys under <c>Waqtor</c> that nothing reads, with the key that was probably meant.</summary>
    public static IReadOnlyList<string> FindUnknownKeys(IConfiguration configuration)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new List<string>();
        foreach (var entry in OptionsCatalog.Entries) CollectKeys(entry.Type, entry.Section, known, open);

        return [.. configuration.GetSection(OptionsCatalog.Root).AsEnumerable()
            .Where(pair => pair.Value is not null)
            .Select(pair => pair.Key)
            .Where(key => !known.Contains(key) && !open.Exists(prefix => key.StartsWith(prefix + ":", StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{key}: unknown key{Suggest(key, known)}")];
    }

    private static void CheckGroup(Type type, IConfigurationSection section, List<string> errors)
    {
        // One property after the other: the binder itself stops at the first value it cannot read.
        var options = Activator.CreateInstance(type)!;
        foreach (var property in OptionsCatalog.Keys(type))
        {
            var child = section.GetSection(property.Name);
            if (OptionsCatalog.IsGroup(property.PropertyType))
            {
                CheckGroup(property.PropertyType, child, errors);
                continue;
            }

            if (TryBind(options, property, child, errors)) CheckLimits(options, property, child.Path, errors);
        }
    }

    private static bool TryBind(object options, PropertyInfo property, IConfigurationSection section, List<string> errors)
    {
        if (!section.Exists()) return true;
        try
        {
            if (IsWord(section.Value, property.PropertyType))
            {
                property.SetValue(options, section.Get(property.PropertyType));
                return true;
            }
        }
        catch (InvalidOperationException)
        {
            // Told below.
        }

        errors.Add($"{section.Path}: {DescribeExpected(property.PropertyType)}");
        return false;
    }

    // The binder also takes numbers, of choices that there are not too, and several words together.
    private static bool IsWord(string? text, Type type) =>
        !(Nullable.GetUnderlyingType(type) ?? type).IsEnum || text is null
        || Enum.GetNames(Nullable.GetUnderlyingType(type) ?? type).Contains(text, StringComparer.OrdinalIgnoreCase);

    private static void CheckLimits(object options, PropertyInfo property, string path, List<string> errors)
    {
        var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = path };
        var results = new List<ValidationResult>();
        if (Validator.TryValidateProperty(property.GetValue(options), context, results)) return;
        errors.AddRange(results.Select(result => $"{path}: {result.ErrorMessage!.Replace("The field " + path, "the value", StringComparison.Ordinal).Replace("The " + path + " field", "the value", StringComparison.Ordinal)}"));
    }

    private static string DescribeExpected(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value.IsEnum ? $"must be one of {string.Join(", ", Enum.GetNames(value).Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}"
            : value == typeof(bool) ? "must be true or false"
            : value == typeof(TimeSpan) ? "must be a time span such as 00:00:30"
            : value == typeof(double) || value == typeof(decimal) ? "must be a number"
            : value.IsPrimitive ? "must be a whole number"
            : $"cannot be read as {value.Name}";
    }

    private static void CollectKeys(Type type, string section, HashSet<string> known, List<string> open)
    {
        foreach (var property in OptionsCatalog.Keys(type))
        {
            var path = $"{section}:{property.Name}";
            known.Add(path);
            if (OptionsCatalog.IsGroup(property.PropertyType)) CollectKeys(property.PropertyType, path, known, open);
            else if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))) open.Add(path);
        }
    }

    private static string Suggest(string key, IEnumerable<string> known)
    {
        var (best, distance) = known
            .Select(candidate => (candidate, Distance: Distance(key.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .MinBy(found => found.Distance);
        // A third of the last word may be wrong; more is another word.
        return distance <= Math.Max(1, (key.Length - key.LastIndexOf(':') - 1) / 3) ? $"; did you mean {best}?" : "";
    }

    // Levenshtein: how many letters must change to make one word of the other.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
