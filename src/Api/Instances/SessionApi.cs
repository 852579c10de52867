using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Problems;
using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>The state of an instance's connection.</summary>
internal static class SessionApi
{
    public static void MapSessionApi(this IEndpointRouteBuilder api) =>
        api.MapGet("/session/state", GetAsync).WithName("GetSessionState").WithSummary("Whether an instance can send and receive.")
            .WithTags("Session").RequireAuthorization(Policies.Viewer);

    private static async Task<Results<Ok<SessionAnswer>, Problem>> GetAsync(string instance, Caller caller, IGrainFactory grains)
    {
        if (!InstanceKey.TryParse(instance, out var key) || !caller.Sees(instance)) return Problem.NotFound("instance");
        return await grains.GetGrain<IInstanceGrain>(key.ToString()).GetAsync() is { } record
            ? TypedResults.Ok(SessionAnswer.For(record))
            : Problem.NotFound("instance");
    }
}
