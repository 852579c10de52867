using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Waqtor.Silo;

namespace Waqtor.House.Tests.Docs;

public sealed partial class HttpApiPageTests
{
    [Fact]
    public async Task HttpApiPage_Calls_AreThoseOfTheServer()
    {
        var page = Row().Matches(Repository.Read("docs/reference/http-api.md")).Select(match => match.Groups["call"].Value)
            .Where(call => call.Contains(" /api/", StringComparison.Ordinal));

        page.Order(StringComparer.Ordinal).ShouldBe((await ServedCallsAsync()).Order(StringComparer.Ordinal));
    }

    // Built and not started: nothing listens.
    private static async Task<IReadOnlyList<string>> ServedCallsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("waqtor-house-");
        try
        {
            await using var server = await WaqtorServer.BuildAsync([$"--Waqtor:DataPath={folder.FullName}", "--urls=http://127.0.0.1:0", "--Waqtor:Logging:Level=None"]);
            return [.. ((IEndpointRouteBuilder)server).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true })
                .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {Pattern(endpoint)}"))
                .Where(call => call.Contains(" /api/", StringComparison.Ordinal))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Pattern(RouteEndpoint endpoint) => "/" + Constraint().Replace(endpoint.RoutePattern.RawText!, "{${name}}").Trim('/');

    [GeneratedRegex(@"^\| `(?<call>[A-Z]+ /[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\{(?<name>\w+):[^}]*\}")]
    private static partial Regex Constraint();
}
