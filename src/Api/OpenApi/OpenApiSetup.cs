using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Waqtor.Api.Access;

namespace Waqtor.Api.OpenApi;

/// <summary>The document at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiSetup
{
    public static IServiceCollection AddWaqtorOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "WaQtor";
            document.Info.Version = "1";
            document.Info.Description = "The server behind a business's WhatsApp. Every path is also reachable under /api/v1.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyAuthenticationHandler.HeaderName,
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] }];
            return Task.CompletedTask;
        }));

    public static void MapWaqtorOpenApi(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json");
}
