using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Access;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;

namespace Waqtor.Api.Access;

/// <summary>API keys. An administrator bound to instances sees and makes only keys bound to the same ones.</summary>
internal static class KeysApi
{
    public static void MapKeysApi(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys").RequireAuthorization(Policies.Admin);
        keys.MapPost("", CreateAsync).WithName("CreateKey").WithSummary("Make an API key; it is shown once.")
            .WithMetadata(new IdempotentAnswer(SecretMember: "key"));
        keys.MapGet("", ListAsync).WithName("ListKeys").WithSummary("List API keys.");
        keys.MapDelete("/{id}", RevokeAsync).WithName("RevokeKey").WithSummary("Revoke an API key; it ends within seconds.");
    }

    private static async Task<Results<Created<KeyCreated>, Problem>> CreateAsync(KeyRequest request, Caller caller, IGrainFactory grains, TimeProvider clock)
    {
        var errors = new FieldErrors();
        var name = request.Name?.Trim() ?? "";
        errors.Require(name.Length is >= 1 and <= 100, "name", "1 to 100 characters.");
        var role = Words.Read<Role>(request.Role ?? "", "role", errors, ignoreCase: true) ?? default;
        errors.Require(!(request.ExpiresAt <= clock.GetUtcNow()), "expiresAt", "Must lie in the future.");
        var instances = request.Instances?.Distinct(StringComparer.Ordinal).ToImmutableArray() ?? [];
        errors.Require(instances.Length <= 1_000 && instances.All(instance => Waqtor.Instances.InstanceKey.TryParse(instance, out _)),
            "instances", "Names of instances, at most 1,000.");
        errors.Require(caller.Instances is null || (instances.Length > 0 && instances.All(caller.Sees)),
            "instances", "Only instances that your own key may see.");
        if (errors.Problem is { } problem) return problem;

        var secret = ApiKeySecret.New();
        var key = await grains.GetGrain<IApiKeyDirectoryGrain>(0).CreateAsync(new ApiKeyDefinition
        {
            Name = name,
            Role = role,
            Instances = instances,
            ExpiresAt = request.ExpiresAt,
            Hash = ApiKeySecret.HashHex(secret),
            Prefix = secret[..ApiKeySecret.PrefixCharactersShown],
        });
        return TypedResults.Created($"/api/keys/{key.Id}",
            new KeyCreated(key.Id, key.Name, key.Prefix, key.Role, key.Instances, key.CreatedAt, key.ExpiresAt, secret));
    }

    private static async Task<Results<Ok<Page<ApiKeyRecord>>, Problem>> ListAsync(
        Caller caller, IGrainFactory grains, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var keys = await grains.GetGrain<IApiKeyDirectoryGrain>(0).ListAsync();
        return TypedResults.Ok(SmallPages.Of(keys.Where(key => MayManage(caller, key)), key => key.Id, cursor, limit));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(string id, Caller caller, IGrainFactory grains, ApiKeys cache)
    {
        var directory = grains.GetGrain<IApiKeyDirectoryGrain>(0);
        if (caller.Instances is not null && !(await directory.ListAsync()).Any(key => key.Id == id && MayManage(caller, key)))
        {
            return Problem.NotFound("key");
        }

        if (!await directory.RevokeAsync(id)) return Problem.NotFound("key");
        cache.Forget();
        return TypedResults.NoContent();
    }

    private static bool MayManage(Caller caller, ApiKeyRecord key) =>
        caller.Instances is null || (key.Instances.Length > 0 && key.Instances.All(caller.Sees));
}
