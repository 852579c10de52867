using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Waqtor.Api.Problems;

/// <summary>
/// Names the parameters of a query whose value is not of their type, or that are missing. The binder says nothing of an optional one, and of
/// the others speaks in types of ours.
/// </summary>
internal static class BindingProblems
{
    /// <summary>Null: it was something else.</summary>
    public static Problem? For(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint) return null;
        var errors = new FieldErrors();
        foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>())
        {
            var type = parameter.ParameterInfo.ParameterType;
            if (!parameter.HasTryParse && type != typeof(string)) continue;
            var isMissing = !parameter.IsOptional && !context.Request.RouteValues.ContainsKey(parameter.Name) && !context.Request.Query.ContainsKey(parameter.Name);
            errors.Require(!isMissing, parameter.Name, "Needed.");
            if (!parameter.HasTryParse) continue;
            var text = context.Request.Query[parameter.Name].ToString();
            if (text.Length > 0 && Expected(Nullable.GetUnderlyingType(type) ?? type, text) is { } expected) errors.Require(false, parameter.Name, expected);
        }

        return errors.Problem;
    }

    private static string? Expected(Type type, string text)
    {
        if (type == typeof(bool)) return bool.TryParse(text, out _) ? null : "true or false.";
        var isWhole = type == typeof(int)
            ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            : type != typeof(long) || long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
        return isWhole ? null : "A whole number.";
    }
}
