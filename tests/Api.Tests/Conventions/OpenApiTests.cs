using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Conventions;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_HasEveryMappedRoute_WithNameSummaryAndTag()
    {
        await using var host = await ApiHost.StartAsync();
        var document = JsonDocument.Parse(await host.Provider.GetStringAsync("/openapi/v1.json")).RootElement;
        var paths = document.GetProperty("paths");
        var routes = host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal) && route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .ToList();

        routes.Count.ShouldBeGreaterThan(35);
        foreach (var route in routes)
        {
            var path = route.RoutePattern.RawText!.TrimEnd('/');
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                paths.TryGetProperty(path, out var item).ShouldBeTrue($"{method} {path} is not in the document");
                item.TryGetProperty(method.ToLowerInvariant(), out var operation).ShouldBeTrue($"{method} {path} is not in the document");
                operation.GetProperty("operationId").GetString().ShouldNotBeNullOrEmpty($"{method} {path}");
                operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty($"{method} {path}");
                operation.GetProperty("tags").GetArrayLength().ShouldBe(1, $"{method} {path}");
                foreach (var parameter in route.RoutePattern.Parameters)
                {
                    operation.GetProperty("parameters").EnumerateArray()
                        .ShouldContain(one => one.GetProperty("name").GetString() == parameter.Name, $"{method} {path}: {parameter.Name}");
                }
            }
        }
    }

    [Fact]
    public async Task Document_NamesTheKeyScheme()
    {
        await using var host = await ApiHost.StartAsync();
        var document = JsonDocument.Parse(await host.Provider.GetStringAsync("/openapi/v1.json")).RootElement;
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("apiKey").GetProperty("name").GetString().ShouldBe("X-API-Key");
    }

    [Fact]
    public async Task Document_HasNoInternals()
    {
        await using var host = await ApiHost.StartAsync();
        var text = await host.Provider.GetStringAsync("/openapi/v1.json");
        text.ShouldNotContain("IGrainFactory");
        text.ShouldNotContain("\"Caller\"");
    }
}
