using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waqtor.Api.Problems;
using Waqtor.Devices;

namespace Waqtor.Api.Devices;

/// <summary>
/// The devices' side. A message comes whole in one call, or in chunks: begin, chunks in order, complete. Every call may be
/// repeated; where a device does not know how far it came, it asks or begins again, and is told.
/// </summary>
internal static class DeviceMessagesApi
{
    public const string CorsPolicy = "devices";

    // Base64 of a message that the SDK sends in one piece, its metadata and its words, with room.
    private const int RequestBytesMax = 512 * 1024;
    private const int InlineBytesMax = 256 * 1024;

    public static void MapDeviceMessagesApi(this IEndpointRouteBuilder api)
    {
        var chunkBytesMax = api.ServiceProvider.GetRequiredService<IOptions<DeviceMessagesOptions>>().Value.ChunkBytesMax;
        var device = api.MapGroup("").WithTags("Device messages").RequireAuthorization(DeviceAuthenticationHandler.Policy).RequireCors(CorsPolicy);
        device.MapGet("/device-session", SessionAsync).WithName("GetOwnDeviceSession").WithSummary("A device's own session: where it stands.");
        device.MapPost("/device-messages", SendAsync).WithName("SendDeviceMessage").WithSummary("Send a message of a device, or begin its upload.")
            .WithMetadata(new RequestSizeLimitAttribute(RequestBytesMax));
        device.MapGet("/device-messages/{id}", GetAsync).WithName("GetDeviceMessage").WithSummary("Where a device's message stands.");
        device.MapPut("/device-messages/{id}/chunks/{offset}", PutChunkAsync).WithName("PutDeviceMessageChunk")
            .WithSummary("Take the next chunk of an upload; durable when this answers.").WithMetadata(new RequestSizeLimitAttribute(chunkBytesMax))
            .Accepts<byte[]>("application/octet-stream");
        device.MapPost("/device-messages/{id}/complete", CompleteAsync).WithName("CompleteDeviceMessage").WithSummary("End an upload: the message goes to the conversation.");
        device.MapDelete("/device-messages/{id}", CancelAsync).WithName("CancelDeviceMessage").WithSummary("Give up an unfinished upload.");
        device.MapGet("/device-events", ReadEventsAsync).WithName("ReadDeviceEvents")
            .WithSummary("What a device is told after a number; waits for it up to waitSeconds (25). Asking says that what came before is read.");
    }

    private static async Task<Results<Ok<DeviceSessionView>, Problem>> SessionAsync(DeviceCaller caller, DeviceGate gate) =>
        await gate.EnterAsync(caller) is var (session, refusal) && session is null
            ? refusal!
            : TypedResults.Ok(new DeviceSessionView(
                session.Id, session.ConversationId, caller.ExpiresAt, session.LastSequence, session.LastEvent, session.AcknowledgedEvent));

    private static async Task<Results<Ok<DeviceMessageAnswer>, Problem>> SendAsync(
        DeviceMessageRequest request, DeviceCaller caller, DeviceGate gate, DeviceMessageReader reader, DeviceIntake intake, DeviceUploads uploads,
        CancellationToken cancellationToken)
    {
        if (await gate.EnterAsync(caller) is (_, { } closed)) return closed;
        var (message, invalid) = reader.Read(request);
        if (message is null) return invalid!;
        if (await gate.Grain(caller).HasAsync(message.Id)) return TypedResults.Ok(await EndAsync(caller, message.Id, uploads, duplicate: true));
        if (message.UploadSize > 0)
        {
            return await uploads.BeginAsync(caller.SessionId, message) is { } upload
                ? TypedResults.Ok(Answer(upload))
                : new Problem(429, ProblemCode.LimitReached, "Too many uploads are unfinished.") { RetryAfterSeconds = 5 };
        }

        if (Packed(request) is not { } packed) return Problem.Invalid("content", $"Base64 of at most {InlineBytesMax} bytes; longer ones come in chunks.");
        var (outcome, refusal) = await intake.TakeAsync(caller, message, packed, cancellationToken);
        return refusal is null ? TypedResults.Ok(await EndAsync(caller, message.Id, uploads, outcome == DeviceAcceptOutcome.Duplicate)) : refusal;
    }

    private static async Task<Results<Ok<DeviceMessageAnswer>, Problem>> GetAsync(string id, DeviceCaller caller, DeviceGate gate, DeviceUploads uploads)
    {
        if (await gate.EnterAsync(caller) is (_, { } closed)) return closed;
        if (!DeviceMessageReader.IsId(id)) return Problem.NotFound("message");
        if (await gate.Grain(caller).HasAsync(id)) return TypedResults.Ok(Delivered(id));
        return await uploads.FindAsync(caller.SessionId, id) is { } upload ? TypedResults.Ok(Answer(upload)) : Problem.NotFound("message");
    }

    private static async Task<Results<Ok<DeviceMessageAnswer>, Problem>> PutChunkAsync(
        string id, long offset, HttpRequest http, DeviceCaller caller, DeviceGate gate, DeviceUploads uploads, IOptions<DeviceMessagesOptions> options)
    {
        if (gate.CheckRate(caller) is { } tooOften) return tooOften;
        if (offset < 0 || !DeviceMessageReader.IsId(id)) return Problem.NotFound("upload");
        var buffer = ArrayPool<byte>.Shared.Rent(options.Value.ChunkBytesMax + 1);
        try
        {
            var count = await http.Body.ReadAtLeastAsync(buffer, options.Value.ChunkBytesMax + 1, throwOnEndOfStream: false, http.HttpContext.RequestAborted);
            if (count > options.Value.ChunkBytesMax) return StatusProblems.For(413);
            if (count == 0) return Problem.Invalid("chunk", "At least one byte.");
            var (upload, taken) = await uploads.AppendAsync(caller.SessionId, id, offset, buffer.AsMemory(0, count));
            if (upload is null) return Problem.NotFound("upload");
            return taken
                ? TypedResults.Ok(Answer(upload))
                : new Problem(409, ProblemCode.UploadOffset, "The chunk does not begin where the upload ends.")
                {
                    Detail = $"The next chunk begins at {upload.Received} of {upload.Message.UploadSize}.",
                };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<Results<Ok<DeviceMessageAnswer>, Problem>> CompleteAsync(
        string id, DeviceCaller caller, DeviceGate gate, DeviceIntake intake, DeviceUploads uploads, CancellationToken cancellationToken)
    {
        if (await gate.EnterAsync(caller) is (_, { } closed)) return closed;
        if (!DeviceMessageReader.IsId(id)) return Problem.NotFound("upload");
        if (await gate.Grain(caller).HasAsync(id)) return TypedResults.Ok(await EndAsync(caller, id, uploads, duplicate: true));
        if (await uploads.FindAsync(caller.SessionId, id) is not { } upload) return Problem.NotFound("upload");
        if (!upload.IsWhole) return Problem.Conflict(ProblemCode.UploadIncomplete, $"Only {upload.Received} of {upload.Message.UploadSize} bytes are here.");
        if (await uploads.ReadAsync(caller.SessionId, id) is not { } packed) return Problem.NotFound("upload");
        var (outcome, refusal) = await intake.TakeAsync(caller, upload.Message, packed, cancellationToken);
        // What does not fit its hash is worth nothing: the device begins anew.
        if (refusal is { Status: 400 or 422 }) await uploads.RemoveAsync(caller.SessionId, id);
        return refusal is null ? TypedResults.Ok(await EndAsync(caller, id, uploads, outcome == DeviceAcceptOutcome.Duplicate)) : refusal;
    }

    private static async Task<Results<NoContent, Problem>> CancelAsync(string id, DeviceCaller caller, DeviceGate gate, DeviceUploads uploads)
    {
        if (await gate.EnterAsync(caller) is (_, { } closed)) return closed;
        if (DeviceMessageReader.IsId(id)) await uploads.RemoveAsync(caller.SessionId, id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<DeviceEventsAnswer>, Problem>> ReadEventsAsync(DeviceCaller caller, DeviceGate gate, long after = 0, int waitSeconds = 0)
    {
        if (await gate.EnterAsync(caller) is (_, { } closed)) return closed;
        if (after < 0 || waitSeconds is < 0 or > 25) return Problem.Invalid("waitSeconds", "0 to 25, after a number that is not negative.");
        var session = gate.Grain(caller);
        if (after > 0) await session.AcknowledgeAsync(after);
        var page = await session.ReadEventsAsync(after, TimeSpan.FromSeconds(waitSeconds));
        return TypedResults.Ok(new DeviceEventsAnswer(page.Events, page.LastNumber, page.Missed));
    }

    // An upload that a crash kept beside its delivered message goes now.
    private static async Task<DeviceMessageAnswer> EndAsync(DeviceCaller caller, string id, DeviceUploads uploads, bool duplicate)
    {
        await uploads.RemoveAsync(caller.SessionId, id);
        return Delivered(id) with { Duplicate = duplicate };
    }

    private static byte[]? Packed(DeviceMessageRequest request)
    {
        if (request.Text is { } text) return Encoding.UTF8.GetBytes(text);
        if (request.Content!.Length > InlineBytesMax / 3 * 4 + 4) return null;
        var packed = new byte[request.Content.Length];
        return Convert.TryFromBase64String(request.Content, packed, out var count) ? packed[..count] : null;
    }

    private static DeviceMessageAnswer Delivered(string id) => new(id, DeviceMessageAnswer.Delivered, 0, null);

    private static DeviceMessageAnswer Answer(DeviceUpload upload) => new(
        upload.Message.Id, upload.IsWhole ? DeviceMessageAnswer.Uploaded : DeviceMessageAnswer.Uploading, upload.Received, upload.Message.UploadSize);
}
