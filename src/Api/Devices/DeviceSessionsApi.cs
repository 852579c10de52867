using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Waqtor.Api.Access;
using Waqtor.Api.Instances;
using Waqtor.Api.Problems;
using Waqtor.Devices;

namespace Waqtor.Api.Devices;

/// <summary>Sessions of devices, for the operator's own server, which holds a key and gives its devices tokens.</summary>
internal static class DeviceSessionsApi
{
    private const int DeviceIdCharactersMax = 200;
    private const int NameCharactersMax = 100;
    private const int TokenSecondsMin = 60;
    private const int TokenSecondsDefault = 3_600;

    public static void MapDeviceSessionsApi(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/device-sessions").WithTags("Device sessions");
        sessions.MapPost("", OpenAsync).WithName("OpenDeviceSession").WithSummary("Let a device in: a session and a short-lived token for it.")
            .RequireAuthorization(Policies.Operator).WithMetadata(new IdempotentAnswer(SecretMember: "token"));
        sessions.MapGet("/{id}", GetAsync).WithName("GetDeviceSession").WithSummary("Read a device session.").RequireAuthorization(Policies.Viewer);
        sessions.MapDelete("/{id}", CloseAsync).WithName("CloseDeviceSession").WithSummary("Close a device session: its tokens are refused at once; its conversation stays.")
            .RequireAuthorization(Policies.Operator);
    }

    private static async Task<Results<Created<DeviceSessionOpened>, Problem>> OpenAsync(
        DeviceSessionRequest request, Caller caller, InstanceCache instances, IGrainFactory grains, DeviceTokens tokens,
        TimeProvider clock, IOptions<DeviceMessagesOptions> options)
    {
        var secondsMax = options.Value.TokenSecondsMax;
        var seconds = request.ExpiresInSeconds ?? Math.Min(TokenSecondsDefault, secondsMax);
        var errors = new FieldErrors();
        errors.Require(request.Instance is { Length: > 0 }, "instance", "The name of an instance.");
        errors.Require(request.DeviceId is null or { Length: >= 1 and <= DeviceIdCharactersMax }, "deviceId", $"1 to {DeviceIdCharactersMax} characters.");
        errors.Require(request.Name is null or { Length: >= 1 and <= NameCharactersMax }, "name", $"1 to {NameCharactersMax} characters.");
        errors.Require(seconds >= TokenSecondsMin && seconds <= secondsMax, "expiresInSeconds", $"{TokenSecondsMin} to {secondsMax}.");
        if (errors.Problem is { } problem) return problem;
        if (!caller.Sees(request.Instance!) || await instances.GetAsync(request.Instance!) is not { } instance) return Problem.NotFound("instance");

        var deviceId = request.DeviceId ?? Guid.NewGuid().ToString("N");
        var key = DeviceSessionKey.For(instance.Id, deviceId);
        var session = await grains.GetGrain<IDeviceSessionGrain>(key.Id).OpenAsync(new OpenDeviceSession
        {
            InstanceId = instance.Id,
            Instance = instance.Name,
            DeviceId = deviceId,
            Name = request.Name,
        });
        var expiresAt = clock.GetUtcNow().AddSeconds(seconds);
        var token = tokens.Make(new DeviceCaller(session.Id, instance.Id, instance.Name, session.Opening, expiresAt));
        return TypedResults.Created($"/api/device-sessions/{session.Id}", new DeviceSessionOpened(
            session.Id, session.Instance, session.DeviceId, session.ConversationId, token, expiresAt, session.LastSequence));
    }

    private static async Task<Results<Ok<DeviceSessionRecord>, Problem>> GetAsync(string id, Caller caller, IGrainFactory grains) =>
        await FindAsync(id, caller, grains) is { } session ? TypedResults.Ok(session) : Problem.NotFound("device session");

    private static async Task<Results<NoContent, Problem>> CloseAsync(string id, Caller caller, IGrainFactory grains)
    {
        if (await FindAsync(id, caller, grains) is null) return Problem.NotFound("device session");
        await grains.GetGrain<IDeviceSessionGrain>(id).CloseAsync();
        return TypedResults.NoContent();
    }

    private static async Task<DeviceSessionRecord?> FindAsync(string id, Caller caller, IGrainFactory grains)
    {
        if (!DeviceSessionKey.TryParse(id, out _)) return null;
        var session = await grains.GetGrain<IDeviceSessionGrain>(id).GetAsync();
        return session is not null && caller.Sees(session.Instance) ? session : null;
    }
}
