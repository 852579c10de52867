using Waqtor.Api.Problems;

namespace Waqtor.Api.Lists;

/// <summary>
/// Enums as they stand in queries and bodies: camelCase words. Every request is read by this, because what .NET reads as an
/// enum may also be its number, or several words that are one value together.
/// </summary>
internal static class Words
{
    /// <summary>Null when none was given; an error when it is none of the words.</summary>
    public static TEnum? Read<TEnum>(string? word, string field, FieldErrors errors, bool ignoreCase = false) where TEnum : struct, Enum
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (word is null) return null;
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (string.Equals(Of(value), word, comparison)) return value;
        }

        errors.Require(false, field, $"One of {string.Join(", ", Enum.GetValues<TEnum>().Select(Of))}.");
        return null;
    }

    private static string Of<TEnum>(TEnum value) where TEnum : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
