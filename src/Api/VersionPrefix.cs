using Microsoft.AspNetCore.Http;

namespace Waqtor.Api;

/// <summary><c>/api</c> is version 1, so <c>/api/v1</c> is another way to write it.</summary>
internal sealed class VersionPrefix(RequestDelegate next)
{
    private static readonly PathString Versioned = new("/api/v1");
    private static readonly PathString Plain = new("/api");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(Versioned, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            context.Request.Path = Plain.Add(rest);
        }

        return next(context);
    }
}
