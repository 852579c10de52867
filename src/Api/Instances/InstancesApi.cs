using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>Connections to WhatsApp.</summary>
internal static class InstancesApi
{
    private const string CursorList = "instances";

    public static void MapInstancesApi(this IEndpointRouteBuilder api)
    {
        var instances = api.MapGroup("/instances").WithTags("Instances");
        instances.MapPost("", CreateAsync).WithName("CreateInstance").WithSummary("Make an instance.").RequireAuthorization(Policies.Admin);
        instances.MapGet("", ListAsync).WithName("ListInstances").WithSummary("List instances by name.").RequireAuthorization(Policies.Viewer);
        instances.MapGet("/{name}", GetAsync).WithName("GetInstance").WithSummary("Read an instance.").RequireAuthorization(Policies.Viewer);
        instances.MapPatch("/{name}", UpdateAsync).WithName("UpdateInstance")
            .WithSummary("Change an instance: absent members stay, an empty text clears.").RequireAuthorization(Policies.Admin);
        instances.MapDelete("/{name}", DeleteAsync).WithName("DeleteInstance")
            .WithSummary("Delete an instance; its history stays.").RequireAuthorization(Policies.Admin);
    }

    private static async Task<Results<Created<InstanceAnswer>, Problem>> CreateAsync(
        InstanceRequest request, Caller caller, HttpRequest http, IGrainFactory grains, InstanceCache cache)
    {
        var errors = InstanceForm.Check(request);
        errors.Require(InstanceKey.TryParse(request.Name, out var key), "name",
            "1 to 64 of a-z, 0-9, dash and underscore, beginning with a letter or digit.");
        errors.Require(ProviderWords.TryParse(request.Provider, out var provider), "provider", "One of cloud, evolution, waha, generic, sandbox.");
        errors.Require(request.Name is null || caller.Sees(request.Name), "name", "Not among the instances of your key.");
        if (errors.Problem is { } problem) return problem;

        var settings = InstanceForm.Settings(request, new InstanceSettings { Provider = provider });
        var made = await grains.GetGrain<IInstanceGrain>(key.ToString()).CreateAsync(settings, InstanceForm.Credentials(request));
        if (made is null) return Problem.Conflict(ProblemCode.NameTaken, "There is an instance of this name already.");
        await cache.ReloadAsync(made.Name);
        return TypedResults.Created($"/api/instances/{made.Name}", InstanceAnswer.For(made, PublicUrl(http)));
    }

    private static async Task<Results<Ok<Page<InstanceAnswer>>, Problem>> ListAsync(
        Caller caller, HttpRequest http, IGrainFactory grains, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var after = NameCursor.Decode(CursorList, cursor);
        var entries = (await grains.GetGrain<IInstanceDirectoryGrain>(0).ListAsync())
            .Where(entry => caller.Sees(entry.Name) && (after is null || string.CompareOrdinal(entry.Name, after) > 0))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var records = await Task.WhenAll(entries.Take(limit).Select(entry => grains.GetGrain<IInstanceGrain>(entry.Name).GetAsync()));
        var next = entries.Count > limit ? NameCursor.Encode(CursorList, entries[limit - 1].Name) : null;
        return TypedResults.Ok(new Page<InstanceAnswer>(
            [.. records.OfType<InstanceRecord>().Select(record => InstanceAnswer.For(record, PublicUrl(http)))], next));
    }

    private static async Task<Results<Ok<InstanceAnswer>, Problem>> GetAsync(string name, Caller caller, HttpRequest http, IGrainFactory grains)
    {
        var record = Find(name, caller, grains) is { } grain ? await grain.GetAsync() : null;
        return record is null ? Problem.NotFound("instance") : TypedResults.Ok(InstanceAnswer.For(record, PublicUrl(http)));
    }

    // What another request changed since the settings were read must stay: they are read and changed anew.
    private static async Task<Results<Ok<InstanceAnswer>, Problem>> UpdateAsync(
        string name, InstanceRequest request, Caller caller, HttpRequest http, IGrainFactory grains, InstanceCache cache)
    {
        if (Find(name, caller, grains) is not { } grain) return Problem.NotFound("instance");
        var before = await grain.GetAsync();
        while (before is not null)
        {
            var errors = InstanceForm.Check(request, before.Settings);
            errors.Require(request.Name is null || request.Name == name, "name", "A name cannot change.");
            errors.Require(request.Provider is null || request.Provider == ProviderWords.Of(before.Settings.Provider), "provider", "The provider cannot change.");
            if (errors.Problem is { } problem) return problem;

            var update = await grain.UpdateAsync(new InstancePatch
            {
                Settings = InstanceForm.Settings(request, before.Settings),
                Credentials = InstanceForm.Credentials(request),
                Version = before.Version,
            });
            if (update is { IsStale: false, Instance: { } after })
            {
                await cache.ReloadAsync(name);
                return TypedResults.Ok(InstanceAnswer.For(after, PublicUrl(http)));
            }

            before = update.Instance;
        }

        return Problem.NotFound("instance");
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(string name, Caller caller, IGrainFactory grains, InstanceCache cache)
    {
        if (Find(name, caller, grains) is not { } grain || !await grain.DeleteAsync()) return Problem.NotFound("instance");
        await cache.ReloadAsync(name);
        return TypedResults.NoContent();
    }

    private static IInstanceGrain? Find(string name, Caller caller, IGrainFactory grains) =>
        InstanceKey.TryParse(name, out var key) && caller.Sees(name) ? grains.GetGrain<IInstanceGrain>(key.ToString()) : null;

    private static string PublicUrl(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
