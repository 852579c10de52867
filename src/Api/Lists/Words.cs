using Waqtor.Api.Problems;

namespace Waqtor.Api.Lists;

/// <summary>Enums as they stand in queries: camelCase words.</summary>
internal static class Words
{
    /// <summary>Null when none was given; an error when it is none of the words.</summary>
    public static TEnum? Read<TEnum>(string? word, string field, FieldErrors errors) where TEnum : struct, Enum
    {
        if (word is null) return null;
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Of(value) == word) return value;
        }

        errors.Require(false, field, $"One of {string.Join(", ", Enum.GetValues<TEnum>().Select(Of))}.");
        return null;
    }

    private static string Of<TEnum>(TEnum value) where TEnum : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
