using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>
/// <c>/ws-monitor.html</c>: a page without a framework that shows <c>/api/ws-monitor</c>. It runs its own script alone, named by
/// its hash, and is open to all because it holds nothing: the key is asked for.
/// </summary>
internal static class MonitorPage
{
    public const string Path = "/ws-monitor.html";

    private static readonly byte[] Page = Load();
    private static readonly string Policy = MakePolicy(Encoding.UTF8.GetString(Page));

    public static void MapMonitorPage(this IEndpointRouteBuilder routes) => routes.MapGet(Path, (HttpContext context) =>
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Bytes(Page, "text/html; charset=utf-8");
    }).ExcludeFromDescription();

    private static byte[] Load()
    {
        using var stream = typeof(MonitorPage).Assembly.GetManifestResourceStream("ws-monitor.html")
            ?? throw new InvalidOperationException("The monitor page is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string MakePolicy(string page) =>
        $"default-src 'none'; connect-src 'self'; script-src {HashOf(page, "script")}; style-src {HashOf(page, "style")}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string HashOf(string page, string element)
    {
        var begin = page.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var text = page[begin..page.IndexOf($"</{element}>", StringComparison.Ordinal)];
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }
}
