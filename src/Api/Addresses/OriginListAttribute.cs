using System.ComponentModel.DataAnnotations;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Addresses;

/// <summary>Accepts origins of web pages divided by semicolons, or <c>*</c> alone: what no browser says would let nobody in, in silence.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OriginListAttribute : ValidationAttribute
{
    public OriginListAttribute()
        : base("The field {0} must be origins such as https://desk.example, divided by semicolons, or * alone.")
    {
    }

    public override bool IsValid(object? value) =>
        value is not string text || RealtimeAccess.Origins(text) is var origins && (origins is ["*"] || origins.All(IsOrigin));

    // Scheme, host and port; pages in an app or an extension have schemes of their own, and pages without an origin say null.
    private static bool IsOrigin(string origin) =>
        origin == "null" || Uri.TryCreate(origin, UriKind.Absolute, out var uri) && origin.Contains("://", StringComparison.Ordinal) && uri.Host.Length > 0
        && uri is { AbsolutePath: "/" or "", Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 };
}
