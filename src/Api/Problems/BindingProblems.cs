using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Waqtor.Api.Problems;

/// <summary>
/// Names the parameters of route and query that have no value of their type. The binder refuses an optional one with a bare 400 and says nothing.
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
            if (!parameter.HasTryParse) continue;
            var text = context.Request.RouteValues[parameter.Name] as string ?? context.Request.Query[parameter.Name].ToString();
            var type = parameter.ParameterInfo.ParameterType;
            if (text.Length > 0 && Expected(Nullable.GetUnderlyingType(type) ?? type, text) is { } expected) errors.Require(false, parameter.Name, expected);
        }

        return errors.Problem;
    }

    private static string? Expected(Type type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(bool)) return bool.TryParse(text, out _) ? null : "true or false.";
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.Integer, culture, out _) ? null : "A whole number.";
        if (type == typeof(long)) return long.TryParse(text, NumberStyles.Integer, culture, out _) ? null : "A whole number.";
        return null;
    }
}
